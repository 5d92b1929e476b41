import { formatDuration } from '../../explorer/duration.ts'
import { groupBy } from '../../lib/delivery/group-by.ts'
import type { DemoSpan } from './demo-span.ts'
import { table } from './table.ts'
import { type TreeNode, treeOf } from './tree.ts'

const OPERATIONS = ['issue', 'pull_request', 'build', 'deploy']
const MAX_SPANS = 9

/** One trace that has every operation and a deploy that failed, and is short enough to read. */
export const exampleTrace = (spans: readonly DemoSpan[]): readonly DemoSpan[] | undefined => {
  const complete = [...groupBy(spans, ({ traceId }) => traceId).values()].filter((trace) =>
    OPERATIONS.every((operation) => trace.some((span) => span.operation === operation)),
  )
  const telling = complete.filter(
    (trace) => trace.length <= MAX_SPANS && trace.some(({ operation, isError }) => operation === 'deploy' && isError),
  )
  const inOrder = (telling.length > 0 ? telling : complete).sort((a, b) => startOf(a) - startOf(b))
  return inOrder[0]
}

const startOf = (trace: readonly DemoSpan[]): number => Math.min(...trace.map(({ startMillis }) => startMillis))

/** A trace as a tree, with durations and results. */
export const traceTree = (spans: readonly DemoSpan[]): string =>
  table(treeOf(spans).flatMap((root) => linesOf(root, '', '')))

const linesOf = ({ span, children }: TreeNode<DemoSpan>, lead: string, childLead: string): string[][] => [
  [
    `${lead}${span.operation}  ${span.title}${detailOf(span)}`,
    formatDuration(span.endMillis - span.startMillis),
    span.result,
  ],
  ...children.flatMap((child, at) => {
    const isLast = at === children.length - 1
    return linesOf(child, `${childLead}${isLast ? '└─ ' : '├─ '}`, `${childLead}${isLast ? '   ' : '│  '}`)
  }),
]

const detailOf = ({ deployType, environment }: DemoSpan): string =>
  deployType === undefined ? '' : ` (${deployType}, ${environment})`
