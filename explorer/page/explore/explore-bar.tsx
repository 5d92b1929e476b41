import type { JSX } from 'preact'
import type { AttributeNames } from '../../api/attribute-names.ts'
import type { Query } from '../../query.ts'
import { FilterBar } from '../filter/filter-bar.tsx'
import { withFilter, withoutFilter } from '../state/query-place.ts'
import { useStatus } from '../state/status.ts'
import { formatNumber } from '../ui/format.ts'
import { operationName } from '../ui/operation.ts'
import type { Range } from '../ui/range.ts'
import { Select } from '../ui/select.tsx'
import { TimeRange } from '../ui/time-range.tsx'
import { type ExploreState, go } from './explore-state.ts'

interface ExploreBarProps {
  readonly state: ExploreState
  readonly attributes: AttributeNames['attributes'] | undefined
}

/** Which spans: of what operation, when, under which conditions. */
export const ExploreBar = ({ state, attributes }: ExploreBarProps): JSX.Element => {
  const { query } = state
  const { status } = useStatus()
  const operations = operationsOf(status?.operations ?? [], query.operation)
  const ask = (next: Query) => go({ ...state, query: next })
  return (
    <section class="toolbar" aria-label="What is looked at">
      <Select
        label="Operation"
        value={query.operation}
        options={operations}
        onChange={(operation) =>
          go({ open: [], query: { ...inRange(query, query), operation, filters: [], selection: unbrushed(query) } })
        }
      />
      <TimeRange
        {...rangeOf(query)}
        firstMillis={status?.firstMillis}
        lastMillis={status?.lastMillis}
        onChange={(range) => ask(inRange(query, range))}
      />
      <FilterBar
        operation={query.operation}
        filters={query.filters}
        attributes={attributes}
        onAdd={(filter) => ask(withFilter(query, filter))}
        onRemove={(filter) => ask(withoutFilter(query, filter))}
      />
    </section>
  )
}

const operationsOf = (known: readonly { readonly name: string; readonly spans: number }[], current: string) => [
  ...known.map(({ name, spans }) => ({ value: name, text: `${operationName(name)} (${formatNumber(spans)})` })),
  ...(known.some(({ name }) => name === current) ? [] : [{ value: current, text: operationName(current) }]),
]

const rangeOf = ({ fromMillis, toMillis }: Range): Range => ({
  ...(fromMillis === undefined ? {} : { fromMillis }),
  ...(toMillis === undefined ? {} : { toMillis }),
})

const inRange = ({ operation, filters, selection }: Query, range: Range): Query => ({
  operation,
  filters,
  selection,
  ...rangeOf(range),
})

/** Durations that were brushed for one operation mean nothing for another. */
const unbrushed = ({ selection }: Query): Query['selection'] =>
  selection.kind === 'duration' ? { kind: 'slow' } : selection
