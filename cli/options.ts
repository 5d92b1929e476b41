import { type Command, InvalidArgumentError } from 'commander'
import { isHttpAddress } from './http-address.ts'

/** An option that may stand several times. */
export const collected = (text: string, before: readonly string[] = []): readonly string[] => [...before, text]

/** The stage in the names of the stack, of its functions and of its parameters. */
export const stageName = (text: string): string => {
  if (!/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/.test(text)) {
    throw new InvalidArgumentError('A stage is at most 40 letters, digits and hyphens, a letter first.')
  }
  return text
}

/** A repository of GitHub. */
export const repositoryName = (text: string): string => {
  if (!/^[\w.-]{1,39}\/[\w.-]{1,100}$/.test(text)) {
    throw new InvalidArgumentError('Say <owner>/<name>, such as acme/shop.')
  }
  return text
}

/** An organisation of GitHub. */
export const organisationName = (text: string): string => {
  if (!/^[\w-]{1,39}$/.test(text)) throw new InvalidArgumentError('Say its name alone, such as acme.')
  return text
}

/** GitHub's host, which becomes part of addresses and of keys. */
export const hostName = (text: string): string => {
  if (!/^[\w.-]+(:\d{1,5})?$/.test(text)) {
    throw new InvalidArgumentError('Say the host alone, such as github.acme.com.')
  }
  return text.toLowerCase()
}

/** Of a ValueStream, without what its webhooks add to it: those are the addresses that it prints. */
export const stackAddress = (text: string): string => {
  if (!isHttpAddress(text)) {
    throw new InvalidArgumentError('Say an http or https address, such as http://localhost:3000.')
  }
  return text.replace(/\/+$/, '').replace(/\/(github|jenkins|events)$/, '')
}

/** Ends with {@link EXIT.wrongUse} where neither is said, since commander knows no option that is required but for another. */
export const requireOwner = (
  { repo, org }: { readonly repo?: string; readonly org?: string },
  command: Command,
): void => {
  if (repo === undefined && org === undefined) {
    command.error('error: say whose: --repo acme/shop, or --org acme for all its repositories')
  }
}

/** As text, since PORT is. */
export const portNumber = (text: string): string => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  }
  return text
}

/** The SDK reads its region from the environment alone. */
export const useRegion = (region: string | undefined): void => {
  if (region !== undefined) process.env.AWS_REGION = region
}
