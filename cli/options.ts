import { InvalidArgumentError } from 'commander'

/** An option that may stand several times. */
export const collected = (text: string, before: readonly string[] = []): readonly string[] => [...before, text]

/** The stage in the names of the stack, of its functions and of its parameters. */
export const stageName = (text: string): string => {
  if (!/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/.test(text)) {
    throw new InvalidArgumentError('A stage is at most 40 letters, digits and hyphens, a letter first.')
  }
  return text
}

/** The SDK reads its region from the environment alone. */
export const useRegion = (region: string | undefined): void => {
  if (region !== undefined) process.env.AWS_REGION = region
}
