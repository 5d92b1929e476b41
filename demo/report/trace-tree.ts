import { formatDuration } from '../../explorer/duration.ts'
import type { StoredSpan } from '../../explorer/span.ts'
import { titleOf } from '../../explorer/title.ts'
import { type TreeNode, treeOf } from '../../explorer/tree.ts'
import { table } from './table.ts'

const OPERATIONS = ['issue', 'pull_request', 'build', 'deploy']
const MAX_SPANS = 9

/** One trace that has every operation and a deploy that failed, and is short enough to read. */
export const exampleTrace = (spans: readonly StoredSpan[]): readonly StoredSpan[] | undefined => {
  const traces = new Map<string, StoredSpan[]>()
  for (const span of spans) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span])
  const complete = [...traces.values()].filter((trace) =>
    OPERATIONS.every((operation) => trace.some(({ name }) => name === operation)),
  )
  const telling = complete.filter(
    (trace) => trace.length <= MAX_SPANS && trace.some(({ name, state }) => name === 'deploy' && state === 'error'),
  )
  const inOrder = (telling.length > 0 ? telling : complete).sort((a, b) => startOf(a) - startOf(b))
  return inOrder[0]
}

const startOf = (trace: readonly StoredSpan[]): number => Math.min(...trace.map(({ startMillis }) => startMillis))

/** A trace as a tree, with durations and results. */
export const traceTree = (spans: readonly StoredSpan[]): string =>
  table(treeOf(spans).flatMap((root) => linesOf(root, '', '')))

const linesOf = ({ span, children }: TreeNode, lead: string, childLead: string): string[][] => [
  [
    `${lead}${span.name}  ${titleOf(span)}${detailOf(span)}`,
    formatDuration(span.endMillis - span.startMillis),
    resultOf(span),
  ],
  ...children.flatMap((child, at) => {
    const isLast = at === children.length - 1
    return linesOf(child, `${childLead}${isLast ? '└─ ' : '├─ '}`, `${childLead}${isLast ? '   ' : '│  '}`)
  }),
]

const detailOf = ({ attributes }: StoredSpan): string => {
  const type = attributes['build.parameter.deploy_type']
  return type === undefined ? '' : ` (${type}, ${attributes['deployment.environment.name']})`
}

const resultOf = ({ attributes }: StoredSpan): string => String(attributes['valuestream.result'] ?? '')
