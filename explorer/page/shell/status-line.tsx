import type { JSX } from 'preact'
import { useStatus } from '../state/status.ts'
import { formatCount } from '../ui/format.ts'
import { Ago } from '../ui/moment.tsx'

/** What is looked at, how much of it there is, and whether it is current. */
export const StatusLine = (): JSX.Element => {
  const { status, error } = useStatus()
  const problem = error?.message ?? status?.problem
  return (
    <div class={`status ${problem === undefined ? '' : 'is-problem'}`} title={problem}>
      <span class="dot" aria-hidden="true" />
      {status === undefined ? (
        <span>{problem === undefined ? 'Connecting …' : 'Not connected'}</span>
      ) : (
        <span>
          <strong>{status.source}</strong>
          <span class="wide-only">
            {' '}
            · {formatCount(status.traces, 'trace')} · {formatCount(status.open, 'span')} under way
            {status.readMillis === undefined ? null : (
              <>
                {' '}
                · read <Ago millis={status.readMillis} />
              </>
            )}
          </span>
        </span>
      )}
      {problem === undefined ? null : <span class="hidden"> Problem: {problem}</span>}
    </div>
  )
}
