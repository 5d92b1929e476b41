import { wrongUse } from '../../local/refusal.ts'

/** What the command line tells of an event; the fields of `docs/events.md` under the names of its options. */
export interface EventOptions {
  readonly type: string
  readonly key: string
  readonly source?: string
  readonly time?: string
  readonly started?: string
  readonly result?: string
  readonly error?: string
  readonly title?: string
  readonly page?: string
  readonly parent?: string
  readonly link?: readonly string[]
  readonly repository?: string
  readonly environment?: string
  readonly commit?: string
  readonly production?: true
  readonly run?: string
  readonly change?: string
  readonly parameter?: readonly string[]
  readonly attribute?: readonly string[]
}

export type EventStatus = 'started' | 'finished'

/**
 * The event as it is posted; what is wrong with a field the receiver says.
 *
 * @throws Refusal when an attribute or a parameter is not `name=value`
 */
export const eventOf = (
  status: EventStatus,
  options: EventOptions,
  now: () => number,
): Readonly<Record<string, unknown>> => {
  const { type, key, page, link, attribute, parameter, time, ...rest } = options
  const { source, started, result, error, title, parent, repository, environment, commit, production, run, change } =
    rest
  return defined({
    type,
    id: key,
    source,
    status,
    time: time ?? new Date(now()).toISOString(),
    started,
    result,
    error,
    title,
    url: page,
    parent,
    links: link,
    repository,
    environment,
    commit,
    production,
    run,
    change,
    parameters: parameter && Object.fromEntries(parameter.map(pairOf('--parameter'))),
    metadata: attribute && Object.fromEntries(attribute.map(pairOf('--attribute'))),
  })
}

/** `true`, `false` and what is written as a number is no text. */
const pairOf =
  (option: string) =>
  (text: string): readonly [string, string | number | boolean] => {
    const at = text.indexOf('=')
    if (at < 1) throw wrongUse(`${option} takes <name>=<value>, such as platform=ios, and not "${text}".`)
    const [name, value] = [text.slice(0, at), text.slice(at + 1)]
    if (value === 'true' || value === 'false') return [name, value === 'true']
    // A version such as 4.20 is no number: it would lose its zero.
    return [name, String(Number(value)) === value && Number.isFinite(Number(value)) ? Number(value) : value]
  }

const defined = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
