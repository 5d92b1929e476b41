import type { JSX } from 'preact'
import { useAnnouncement } from '../state/announce.ts'

export const LiveRegion = (): JSX.Element => (
  <div class="hidden" role="status" aria-live="polite">
    {useAnnouncement()}
  </div>
)
