import type { JSX } from 'preact'
import type { Flow } from '../../api/flow.ts'
import { formatDuration } from '../../duration.ts'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { formatCount } from '../ui/format.ts'
import { operationName } from '../ui/operation.ts'
import { SpanList } from '../ui/span-list.tsx'

/** What is under way and how old it is: next month's figures, while something can still be done about them. */
export const WorkInProgress = ({ flow }: { readonly flow: Flow }): JSX.Element => (
  <Card title="Under way" note="The oldest first.">
    {flow.workInProgress.every(({ count }) => count === 0) ? (
      <Empty title="Nothing is under way" />
    ) : (
      <div class="wip">
        {flow.workInProgress
          .filter(({ count }) => count > 0)
          .map(({ operation, count, medianAgeMillis, oldest }) => (
            <section key={operation}>
              <h3>
                {formatCount(count, operationName(operation))}{' '}
                <span class="note">median age {formatDuration(medianAgeMillis)}</span>
              </h3>
              <SpanList spans={oldest} />
            </section>
          ))}
      </div>
    )}
  </Card>
)
