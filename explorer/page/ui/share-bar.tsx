import type { JSX } from 'preact'

/** A share of 0 to 1 as a length; the figure stands beside it as text. */
export const ShareBar = ({ share, kind }: { readonly share: number; readonly kind: string }): JSX.Element => (
  <span class="share-bar" aria-hidden="true">
    <span class={`share-fill ${kind}`} style={{ width: `${100 * Math.min(1, Math.max(0, share))}%` }} />
  </span>
)
