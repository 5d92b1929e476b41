import type { ComponentChildren, JSX } from 'preact'

interface EmptyProps {
  readonly title: string
  readonly as?: 'h2' | 'p'
  readonly children?: ComponentChildren
}

/** Nothing to show, and what to do about it. */
export const Empty = ({ title, as: Tag = 'p', children }: EmptyProps): JSX.Element => (
  <div class="empty">
    <Tag class="empty-title">{title}</Tag>
    {children}
  </div>
)
