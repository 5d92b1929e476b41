import type { JSX } from 'preact'
import type { Flow } from '../../api/flow.ts'
import { formatDuration } from '../../duration.ts'
import { Card } from '../ui/card.tsx'
import { formatCount, formatShare } from '../ui/format.ts'
import { operationName, operationPlural } from '../ui/operation.ts'
import { DurationChart } from './duration-chart.tsx'
import { SuccessChart } from './success-chart.tsx'

/** How long each step takes and how often it succeeds, over time. */
export const OperationCharts = ({ flow }: { readonly flow: Flow }): JSX.Element => {
  const operations = flow.groups[0]?.measures.operations ?? []
  return (
    <div class="chart-grid">
      {operations.map(({ operation, count, failed, p50Millis, p90Millis }) => (
        <Card
          key={operation}
          title={capital(operationPlural(operation))}
          note={
            count === 0 || p50Millis === undefined || p90Millis === undefined
              ? `No ${operationName(operation)} was finished in this time.`
              : `${formatCount(count, operationName(operation))} · median ${formatDuration(p50Millis)} · p90 ${formatDuration(p90Millis)} · ${failed === 0 ? 'none failed' : `${formatShare(1 - failed / count)} succeeded`}`
          }
        >
          <DurationChart flow={flow} operation={operation} />
          <SuccessChart flow={flow} operation={operation} />
        </Card>
      ))}
    </div>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
