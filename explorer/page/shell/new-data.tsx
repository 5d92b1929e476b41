import type { JSX } from 'preact'
import { newSpansOf, showNewData, useStatus } from '../state/status.ts'
import { formatCount } from '../ui/format.ts'
import { Icon } from '../ui/icon.tsx'

/** Says that something has arrived and leaves it to the reader when the page changes. It lies over the page: nothing moves. */
export const NewData = (): JSX.Element => {
  const count = newSpansOf(useStatus())
  return (
    <div class="new-data" role="status">
      {count === 0 ? null : (
        <button type="button" class="pill-button" onClick={showNewData}>
          <Icon name="refresh" />
          {formatCount(count, 'new span')}: show {count === 1 ? 'it' : 'them'}
        </button>
      )}
    </div>
  )
}
