import type { ComponentChildren, JSX } from 'preact'

interface TableBoxProps {
  readonly label: string
  readonly isTall?: boolean
  readonly children: ComponentChildren
}

/** A table that is wider than the screen scrolls within this, by the keyboard too. */
export const TableBox = ({ label, isTall = false, children }: TableBoxProps): JSX.Element => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached
  <section class={`table-box ${isTall ? 'is-tall' : ''}`} tabIndex={0} aria-label={label}>
    {children}
  </section>
)
