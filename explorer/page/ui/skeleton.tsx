import type { JSX } from 'preact'

/** Stands where something will be, as tall as that, so that nothing moves when it comes. */
export const Skeleton = ({ height, lines = 1 }: { readonly height: number; readonly lines?: number }): JSX.Element => (
  <div class="skeletons" aria-hidden="true">
    {Array.from({ length: lines }, (_, line) => (
      <div key={line} class="skeleton" style={{ height: `${height}px` }} />
    ))}
  </div>
)
