import type { JSX } from 'preact'
import type { Correlations } from '../../api/correlations.ts'
import type { Histogram } from '../../api/histogram.ts'
import { formatDuration } from '../../duration.ts'
import type { Selection } from '../../query.ts'
import type { Loaded as State } from '../state/use-api.ts'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { formatCount } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { operationName, operationPlural } from '../ui/operation.ts'
import { Segments } from '../ui/segments.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Brush } from './brush.tsx'
import { type ExploreState, go } from './explore-state.ts'
import { Figures } from './figures.tsx'

interface HistogramCardProps {
  readonly state: ExploreState
  readonly histogram: State<Histogram>
  readonly selection: Correlations['selection'] | undefined
}

/** Of the plot with its axis, its figures and what is selected, pixels. */
const HEIGHT = 330

/** How long they take, and which of them are compared with the rest. */
export const HistogramCard = ({ state, histogram, selection }: HistogramCardProps): JSX.Element => {
  const { query } = state
  const select = (next: Selection, options: { readonly replace?: boolean } = {}) =>
    go({ ...state, query: { ...query, selection: next } }, options)
  return (
    <Card
      title={`How long ${operationPlural(query.operation)} take`}
      isBusy={histogram.isLoading}
      class="histogram-card"
      actions={
        <Segments
          label="What is compared with the rest"
          value={query.selection.kind}
          options={CHOICES}
          onChange={(kind) => select(choiceOf(kind))}
        />
      }
    >
      <Loaded from={histogram} skeleton={<Skeleton height={HEIGHT} />}>
        {(data) =>
          data.count === 0 ? (
            <NoneLeft operation={query.operation} />
          ) : (
            <>
              <Figures histogram={data} operation={query.operation} />
              <Brush buckets={data.buckets} selection={query.selection} onSelect={select} />
              <p class="selected-line">{selectedLine(state, selection)}</p>
            </>
          )
        }
      </Loaded>
    </Card>
  )
}

const CHOICES = [
  { value: 'slow', text: 'Slow' },
  { value: 'fast', text: 'Fast' },
  { value: 'failed', text: 'Failed' },
]
const choiceOf = (kind: string): Selection => ({ kind: kind === 'fast' || kind === 'failed' ? kind : 'slow' })

const selectedLine = ({ query }: ExploreState, selection: Correlations['selection'] | undefined): string => {
  if (selection === undefined) return ' '
  const { count, minMillis, maxMillis } = selection
  const counted = `Selected: ${formatCount(count, operationName(query.operation))}`
  if (query.selection.kind === 'failed') return `${counted} that failed`
  if (minMillis === undefined && maxMillis === undefined) return counted
  if (query.selection.kind === 'slow') return `${counted} of ${formatDuration(minMillis ?? 0)} and more`
  if (query.selection.kind === 'fast') return `${counted} of ${formatDuration(maxMillis ?? 0)} and less`
  return `${counted} from ${formatDuration(minMillis ?? 0)} to ${formatDuration(maxMillis ?? 0)}`
}

const NoneLeft = ({ operation }: { readonly operation: string }): JSX.Element => (
  <div style={{ minHeight: `${HEIGHT}px` }}>
    <Empty title={`No finished ${operationName(operation)} matches`}>
      <p>Take a filter away, choose a longer time, or another operation.</p>
    </Empty>
  </div>
)
