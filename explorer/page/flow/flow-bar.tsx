import type { JSX } from 'preact'
import type { AttributeNames } from '../../api/attribute-names.ts'
import { FilterBar } from '../filter/filter-bar.tsx'
import { useStatus } from '../state/status.ts'
import { useApi } from '../state/use-api.ts'
import type { Range } from '../ui/range.ts'
import { Segments } from '../ui/segments.tsx'
import { Select } from '../ui/select.tsx'
import { TimeRange } from '../ui/time-range.tsx'
import { type FlowState, goFlow, type Interval, intervalOf } from './flow-state.ts'
import { SPLITS } from './splits.ts'

const INTERVALS = [
  { value: 'day', text: 'Day' },
  { value: 'week', text: 'Week' },
  { value: 'month', text: 'Month' },
] as const

interface FlowBarProps {
  readonly state: FlowState
  /** What is shown, where none was chosen. */
  readonly interval: Interval | undefined
}

export const FlowBar = ({ state, interval }: FlowBarProps): JSX.Element => {
  const { status } = useStatus()
  const attributes = useApi<AttributeNames>('/api/attributes?operation=issue')
  const { fromMillis, toMillis, by, ...rest } = state
  const splits =
    by === undefined || SPLITS.some(({ value }) => value === by) ? SPLITS : [...SPLITS, { value: by, text: by }]
  const ranged = (range: Range): FlowState => ({ ...rest, ...(by === undefined ? {} : { by }), ...range })
  const splitBy = (next: string): FlowState => {
    const { by: _, ...unsplit } = state
    return next === '' ? unsplit : { ...unsplit, by: next }
  }
  return (
    <section class="toolbar" aria-label="What is looked at">
      <TimeRange
        {...(fromMillis === undefined ? {} : { fromMillis })}
        {...(toMillis === undefined ? {} : { toMillis })}
        firstMillis={status?.firstMillis}
        lastMillis={status?.lastMillis}
        onChange={(range) => goFlow(ranged(range))}
      />
      <Select label="Split by" value={by ?? ''} options={splits} onChange={(next) => goFlow(splitBy(next))} />
      <div class="field">
        <span class="label">Each</span>
        <Segments
          label="Length of an interval"
          value={state.interval ?? interval}
          options={INTERVALS}
          onChange={(text) => goFlow({ ...state, interval: intervalOf(text) ?? 'week' })}
        />
      </div>
      <FilterBar
        operation="issue"
        filters={state.filters}
        attributes={attributes.data?.attributes.map(ofTrace)}
        onAdd={(filter) => goFlow({ ...state, filters: [...state.filters, filter] })}
        onRemove={(filter) => goFlow({ ...state, filters: state.filters.filter((kept) => kept !== filter) })}
      />
    </section>
  )
}

/** A condition here is on the whole trace, so that no span of it is "the span itself". */
const ofTrace = (attribute: AttributeNames['attributes'][number]): AttributeNames['attributes'][number] =>
  attribute.scope === 'self' ? { ...attribute, scope: 'issue' } : attribute
