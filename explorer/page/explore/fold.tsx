import type { ComponentChildren, JSX } from 'preact'
import { type ExploreState, go, withOpen } from './explore-state.ts'

interface FoldProps {
  readonly state: ExploreState
  /** What the address calls it. */
  readonly part: string
  readonly summary: ComponentChildren
  readonly class?: string
  readonly children: ComponentChildren
}

/** A part that is folded away until somebody wants it; the address says whether it is open. */
export const Fold = ({ state, part, summary, class: name = 'fold', children }: FoldProps): JSX.Element => {
  const isOpen = state.open.includes(part)
  return (
    <details
      class={name}
      open={isOpen}
      onToggle={({ currentTarget }) => {
        // Folding away is no step of going back. What the address has opened comes by here, too.
        if (currentTarget.open !== isOpen) go(withOpen(state, part, currentTarget.open), { replace: true })
      }}
    >
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
