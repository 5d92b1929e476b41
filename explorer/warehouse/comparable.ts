import type { AttributeValue } from '../attribute-value.ts'
import type { Attributes } from './span-record.ts'

/**
 * One attribute as text, and what of it is compared with other spans':
 * - `value`: its value, a category
 * - `number`: its number, by its size
 * - `list`: nothing, but each of its elements, which follow as `element`
 * - `left_out`: nothing
 */
export interface Entry {
  readonly kind: 'value' | 'number' | 'list' | 'element' | 'left_out'
  readonly name: string
  readonly value: string
  readonly number?: number
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

export const entriesOf = (attributes: Attributes): readonly Entry[] =>
  Object.entries(attributes).flatMap(([name, value]) => entries(name, value))

const entries = (name: string, value: AttributeValue): readonly Entry[] => {
  if (value === null) return []
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (isIdentifying(name)) return [{ kind: 'left_out', name, value: text }]
  if (typeof value === 'number')
    return Number.isFinite(value) ? [{ kind: 'number', name, value: text, number: value }] : []
  if (!Array.isArray(value)) return [{ kind: isCategory(value) ? 'value' : 'left_out', name, value: text }]
  if (!value.every(isCategory)) return [{ kind: 'left_out', name, value: text }]
  const elements = [...new Set(value.map(String))].map((element) => ({
    kind: 'element' as const,
    name,
    value: element,
  }))
  return [{ kind: 'list', name, value: text }, ...elements]
}

/** A long text is none, nor what has a structure of its own. */
const isCategory = (value: AttributeValue): boolean =>
  value !== null && typeof value !== 'object' && String(value).length <= MAX_CATEGORY
