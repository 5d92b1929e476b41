import type { ComponentChildren, JSX, RefObject } from 'preact'
import { useId } from 'preact/hooks'

interface CardProps {
  readonly title: string
  /** One sentence on what is seen. */
  readonly note?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly isBusy?: boolean
  readonly class?: string
  readonly box?: RefObject<HTMLElement | null>
  readonly children: ComponentChildren
}

/** A titled part of a view. While it waits for newer figures it keeps the old ones, and says so. */
export const Card = ({
  title,
  note,
  actions,
  isBusy = false,
  class: extra = '',
  box,
  children,
}: CardProps): JSX.Element => {
  const id = useId()
  return (
    <section
      class={`card ${extra} ${isBusy ? 'is-busy' : ''}`}
      aria-labelledby={id}
      aria-busy={isBusy}
      {...(box === undefined ? {} : { ref: box })}
    >
      <div class="card-head">
        <div>
          <h2 id={id}>{title}</h2>
          {note === undefined ? null : <p class="note">{note}</p>}
        </div>
        {actions === undefined ? null : <div class="card-actions">{actions}</div>}
      </div>
      {children}
    </section>
  )
}
