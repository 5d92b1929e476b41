import type { JSX } from 'preact'
import type { Spans } from '../../api/spans.ts'
import type { Query } from '../../query.ts'
import { useApi } from '../state/use-api.ts'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { SpanList } from '../ui/span-list.tsx'
import { apiPath } from './explore-state.ts'

const SHOWN = 10

/** Some of the selected ones, to see for oneself. */
export const SamplesCard = ({ query }: { readonly query: Query }): JSX.Element => {
  const order = query.selection.kind === 'fast' ? 'asc' : 'desc'
  const spans = useApi<Spans>(
    apiPath('spans', query, { sort: 'duration', order, limit: String(SHOWN), only: 'selected' }),
  )
  return (
    <Card
      title={`The ${order === 'asc' ? 'fastest' : 'slowest'} of the selection`}
      note={
        spans.data === undefined
          ? 'Loading …'
          : `${formatNumber(Math.min(SHOWN, spans.data.total))} of ${formatNumber(spans.data.total)}. Each leads to its trace.`
      }
      isBusy={spans.isLoading}
      class="samples-card"
    >
      <Loaded from={spans} skeleton={<Skeleton height={44} lines={SHOWN} />}>
        {(data) => (data.spans.length === 0 ? <Empty title="Nothing is selected" /> : <SpanList spans={data.spans} />)}
      </Loaded>
    </Card>
  )
}
