import { confirm, isCancel, note, password, select, text } from '@clack/prompts'
import { interruption } from '../interruption.ts'
import { BACKENDS } from './backend.ts'

/** Whoever can be asked. Every function throws an Interruption when they want to go no further. */
export interface Asker {
  readonly stage: () => Promise<string>
  readonly region: () => Promise<string>
  readonly backend: (initial: string) => Promise<string>
  readonly endpoint: (backend: string) => Promise<string>
  readonly token: (header: string) => Promise<string>
  /** Whether what is stored goes on serving. */
  readonly keepHeaders: () => Promise<boolean>
  readonly agree: (plan: string) => Promise<boolean>
}

/** On standard error, so that standard output holds only the answer. */
const output = process.stderr

/** Asks on the terminal. */
export const terminalAsker = (): Asker => ({
  stage: () => answered(text({ message: 'Which stage?', initialValue: 'prod', validate: isName, output })),
  region: () => answered(text({ message: 'Which AWS region?', placeholder: 'eu-west-1', validate: isRegion, output })),
  backend: (initialValue) =>
    answered(
      select({
        message: 'Where do spans go?',
        options: BACKENDS.map((value) => ({ value: String(value) })),
        initialValue,
        output,
      }),
    ),
  endpoint: (backend) =>
    answered(
      text({ message: `The complete URL at which ${backend} takes traces over OTLP/HTTP?`, validate: isUrl, output }),
    ),
  token: (header) =>
    answered(
      password({ message: `The value of the header ${header} (it is stored encrypted)?`, validate: isThere, output }),
    ),
  keepHeaders: () => answered(confirm({ message: "Keep the backend's headers that are stored?", output })),
  agree: (plan) => {
    note(plan, 'What will be done', { output })
    return answered(confirm({ message: 'Go on?', output }))
  },
})

const answered = async <T>(answer: Promise<T>): Promise<Exclude<T, symbol>> => {
  const given = await answer
  if (isGiven(given)) return given
  throw interruption()
}

const isGiven = <T>(answer: T): answer is Exclude<T, symbol> => !isCancel(answer)

const isThere = (value: string | undefined) => (value ? undefined : 'It is empty.')
const isName = (value: string | undefined) =>
  /^[a-zA-Z][a-zA-Z0-9-]{0,39}$/.test(value ?? '') ? undefined : 'Letters, digits and hyphens, a letter first.'
const isRegion = (value: string | undefined) =>
  /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(value ?? '') ? undefined : 'Such as eu-west-1.'
const isUrl = (value: string | undefined) =>
  URL.canParse(value ?? '') && /^https?:/.test(value ?? '')
    ? undefined
    : 'Such as https://collector.example.com/v1/traces.'
