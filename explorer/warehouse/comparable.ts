import type { AttributeValue } from '../api.ts'
import type { Attributes } from './span-record.ts'

/** What of a span's attributes is compared with others'. */
export interface Comparable {
  /** A name may stand there several times: each element of a list counts by itself. */
  readonly values: readonly (readonly [name: string, value: string])[]
  readonly numbers: Readonly<Record<string, number>>
  readonly leftOut: readonly string[]
}

/** Longer than this, a value is a text and no category. */
const MAX_CATEGORY = 200

/**
 * Ends of names whose values tell one thing from all others, or are written for people: nobody else has the same, or
 * whoever has it has it by chance. The word before it does not matter: `issue.url`, `GIT_SHA`, `vstrace-trace-id`.
 */
const IDENTIFYING =
  /(?:^|[._-])(?:ids?|[ug]uid|uri|urls?|href|sha\d*|revision|digest|number|key|token|title|description|message|e?mail|label)$/i

/** Names that the rule above does not tell, with what they are. */
const IDENTIFYING_NAMES: ReadonlySet<string> = new Set([
  'vcs.repository.url.full',
  'cicd.pipeline.run.url.full',
  'cicd.pipeline.task.run.url.full',
  // ValueStream's bookkeeping: how a parent was found, how often a span was sent.
  'valuestream.link.reason',
  'valuestream.correction',
  'valuestream.true_start',
])

/** Whether an attribute only tells one thing from all others, by its name. */
export const isIdentifying = (name: string): boolean => IDENTIFYING_NAMES.has(name) || IDENTIFYING.test(name)

export const comparableOf = (attributes: Attributes): Comparable => {
  const values: [string, string][] = []
  const numbers: [string, number][] = []
  const leftOut: string[] = []
  for (const [name, value] of Object.entries(attributes)) {
    if (isIdentifying(name)) leftOut.push(name)
    else if (typeof value === 'number' && Number.isFinite(value)) numbers.push([name, value])
    else {
      const categories = categoriesOf(value)
      if (categories === undefined) leftOut.push(name)
      else for (const category of categories) values.push([name, category])
    }
  }
  return { values, numbers: Object.fromEntries(numbers), leftOut }
}

/** Undefined for what is no category: a long text, or something with a structure of its own. */
const categoriesOf = (value: AttributeValue): readonly string[] | undefined => {
  if (value === null) return []
  if (Array.isArray(value)) {
    const each = value.map(categoriesOf)
    return each.every((categories) => categories?.length === 1)
      ? [...new Set(each.flatMap((one) => one ?? []))]
      : undefined
  }
  if (typeof value === 'object') return undefined
  const text = String(value)
  return text.length > MAX_CATEGORY ? undefined : [text]
}

/** An attribute as text: what has a structure, as JSON. */
export const textOfValue = (value: AttributeValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)
