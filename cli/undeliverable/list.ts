import { formatDuration } from '../../explorer/duration.ts'
import type { Table } from '../../lib/dynamodb/table.ts'
import { type Undeliverable, undeliverable } from '../../lib/dynamodb/undeliverable.ts'

/** What the backend has refused for good; the last refused first. */
export interface Refusals {
  readonly activities: readonly Undeliverable[]
  readonly spans: number
}

/** @throws StoreUnavailable */
export const listUndeliverable = async (table: Table): Promise<Refusals> => {
  const found: Undeliverable[] = []
  for await (const page of undeliverable(table)) found.push(...page)
  const activities = found.toSorted((a, b) => b.writtenMillis - a.writtenMillis || (a.key < b.key ? -1 : 1))
  return { activities, spans: activities.reduce((sum, { spans }) => sum + spans, 0) }
}

/** For people: by what the backend said, each activity with how long ago. `options` are those that name the table again. */
export const refusalsText = ({ activities, spans }: Refusals, nowMillis: number, options: string): string => {
  if (activities.length === 0) return 'The backend has refused nothing for good.'
  const messages = [...new Set(activities.map(({ message }) => message))]
  const byMessage = messages.map((message) => [message, activities.filter((one) => one.message === message)] as const)
  return [
    `${spans} ${spans === 1 ? 'span was' : 'spans were'} refused for good, of ${activities.length} ${activities.length === 1 ? 'activity' : 'activities'}:`,
    ...byMessage.flatMap(([message, these]) => ['', `${message} (${these.length})`, ...these.map(lineAt(nowMillis))]),
    '',
    `To send them once more: npx valuestream undeliverable retry${options} --all, or --key with one of them.`,
  ].join('\n')
}

const lineAt =
  (nowMillis: number) =>
  ({ key, spans, writtenMillis }: Undeliverable): string =>
    `  ${key}  ${formatDuration(Math.max(0, nowMillis - writtenMillis))} ago${spans > 1 ? `, ${spans} spans` : ''}`
