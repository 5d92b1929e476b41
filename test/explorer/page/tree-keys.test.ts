import type { TraceSpan } from '../../../explorer/api/trace.ts'
import { moveOf } from '../../../explorer/page/trace/keys.ts'
import { rowsOf } from '../../../explorer/page/trace/rows.ts'

const span = (spanId: string, depth: number): TraceSpan => ({
  traceId: 'a',
  spanId,
  operation: 'build',
  title: spanId,
  startMillis: 0,
  isError: false,
  depth,
  isOrphan: false,
  service: 'jenkins',
  waits: [],
  attributes: {},
  links: [],
  events: [],
})
/** issue ─ pull request ─ (build ─ deploy), build; and another root. */
const SPANS = [span('issue', 0), span('pr', 1), span('build', 2), span('deploy', 3), span('again', 2), span('other', 0)]
const idsOf = (closed: readonly string[]) => rowsOf(SPANS, closed).map((row) => row.span.spanId)

it('hides all that is below a closed row, and nothing beside it', () => {
  expect(idsOf([])).toEqual(['issue', 'pr', 'build', 'deploy', 'again', 'other'])
  expect(idsOf(['build'])).toEqual(['issue', 'pr', 'build', 'again', 'other'])
  expect(idsOf(['pr'])).toEqual(['issue', 'pr', 'other'])
  expect(idsOf(['deploy', 'unknown'])).toEqual(['issue', 'pr', 'build', 'deploy', 'again', 'other'])
})

it.each([
  ['ArrowDown', 5, 5],
  ['ArrowUp', 0, 0],
  ['ArrowUp', 3, 2],
  ['Home', 4, 0],
  ['End', 1, 5],
  ['ArrowRight', 0, 1],
  ['ArrowRight', 3, undefined],
  ['ArrowLeft', 4, 1],
  ['ArrowLeft', 2, 'toggle'],
  ['ArrowLeft', 5, 5],
  ['Enter', 2, 'open'],
  ['Escape', 2, 'close'],
  ['x', 2, undefined],
] as const)('%s on row %i', (key, index, move) => {
  expect(moveOf(key, rowsOf(SPANS, []), index)).toBe(move)
})

it('opens a closed row by ArrowRight', () => {
  expect(moveOf('ArrowRight', rowsOf(SPANS, ['pr']), 1)).toBe('toggle')
})
