import type { JSX } from 'preact'
import type { TraceSpan } from '../../api/trace.ts'
import { formatDuration } from '../../duration.ts'
import { textOfValue } from './value-text.ts'

/** What happened in it, by the time since it began. */
export const EventList = ({ span }: { readonly span: TraceSpan }): JSX.Element | null =>
  span.events.length === 0 ? null : (
    <>
      <h3>Events</h3>
      <ol class="plain events">
        {span.events.map(({ name, atMillis, attributes }) => (
          <li key={`${name} ${atMillis}`}>
            <span class="event-at">+{formatDuration(Math.max(0, atMillis - span.startMillis))}</span>
            <span>
              {name.replaceAll('_', ' ')}
              {Object.entries(attributes).map(([key, value]) => (
                <span key={key} class="note">
                  {' '}
                  {key} = {textOfValue(value)}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
