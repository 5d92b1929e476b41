import type { JSX } from 'preact'
import type { TraceSpan } from '../../api/trace.ts'
import { formatDuration } from '../../duration.ts'
import { Icon } from '../ui/icon.tsx'
import { Moment } from '../ui/moment.tsx'
import { operationName } from '../ui/operation.ts'
import { OperationTag } from '../ui/operation-tag.tsx'
import { ResultTag } from '../ui/result-tag.tsx'
import { AttributeList } from './attribute-list.tsx'
import { EventList } from './event-list.tsx'
import { LinkList } from './link-list.tsx'

interface SpanDetailProps {
  readonly span: TraceSpan
  readonly onClose: () => void
}

export const SpanDetail = ({ span, onClose }: SpanDetailProps): JSX.Element => (
  <section class="card span-detail" aria-labelledby="span-title">
    <div class="card-head">
      <div>
        <p class="detail-kind">
          <OperationTag operation={span.operation} /> <ResultTag span={span} />
        </p>
        <h2 id="span-title">{span.title}</h2>
      </div>
      <button type="button" class="icon-button" aria-label="Close the details" onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
    {span.url === undefined ? null : (
      <a class="button primary" href={span.url} target="_blank" rel="noreferrer">
        Open its page
        <Icon name="external" />
      </a>
    )}
    <dl class="detail-list">
      <dt>took</dt>
      <dd>{span.durationMillis === undefined ? 'still under way' : formatDuration(span.durationMillis)}</dd>
      <dt>from</dt>
      <dd>
        <Moment millis={span.startMillis} />
      </dd>
      {span.endMillis === undefined ? null : (
        <>
          <dt>to</dt>
          <dd>
            <Moment millis={span.endMillis} />
          </dd>
        </>
      )}
      <dt>reported by</dt>
      <dd>{span.service}</dd>
      {span.waits.length === 0 ? null : (
        <>
          <dt>waits</dt>
          <dd>
            <Waits span={span} />
          </dd>
        </>
      )}
    </dl>
    {span.isOrphan ? <p class="note">Its parent has not arrived: it is still under way, or in another trace.</p> : null}
    <LinkList links={span.links} />
    <EventList span={span} />
    {Object.keys(span.attributes).length === 0 ? null : <AttributeList span={span} />}
  </section>
)

const Waits = ({ span }: { readonly span: TraceSpan }): JSX.Element => (
  <ul class="plain">
    {span.waits.map(({ fromMillis, toMillis, waitingFor }) => (
      <li key={fromMillis}>
        {formatDuration(toMillis - fromMillis)} for {operationName(waitingFor)}
      </li>
    ))}
  </ul>
)
