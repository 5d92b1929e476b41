import type { JSX } from 'preact'

/** Three spans, one within the other. */
export const Logo = (): JSX.Element => (
  <svg class="logo" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
    <rect x="2" y="4" width="20" height="4" rx="2" class="logo-1" />
    <rect x="6" y="10" width="12" height="4" rx="2" class="logo-2" />
    <rect x="14" y="16" width="8" height="4" rx="2" class="logo-3" />
  </svg>
)
