import type { JSX } from 'preact'
import type { Trace } from '../../api/trace.ts'
import { formatDuration } from '../../duration.ts'
import { Icon } from '../ui/icon.tsx'
import { operationClass } from '../ui/operation.ts'
import { OperationTag } from '../ui/operation-tag.tsx'
import { ResultTag } from '../ui/result-tag.tsx'
import { Bar } from './bar.tsx'
import type { Row } from './rows.ts'

interface WaterfallRowProps {
  readonly row: Row
  readonly trace: Trace
  /** It has the keyboard's focus, or would have it. */
  readonly isCurrent: boolean
  /** Its details are shown. */
  readonly isSelected: boolean
  readonly onToggle: () => void
  readonly onOpen: () => void
}

/** Deeper is not indented further, so that a long chain stays readable on a telephone. */
const MAX_INDENT = 8

export const WaterfallRow = ({
  row,
  trace,
  isCurrent,
  isSelected,
  onToggle,
  onOpen,
}: WaterfallRowProps): JSX.Element => {
  const { span, hasChildren, isOpen } = row
  const took = span.durationMillis === undefined ? 'under way' : formatDuration(span.durationMillis)
  return (
    // The tree itself handles the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      class={`row ${operationClass(span.operation)} ${isSelected ? 'is-selected' : ''}`}
      role="treeitem"
      tabIndex={isCurrent ? 0 : -1}
      aria-level={span.depth + 1}
      aria-selected={isSelected}
      {...(hasChildren ? { 'aria-expanded': isOpen } : {})}
      onClick={onOpen}
    >
      <div class="row-what" style={{ '--depth': Math.min(span.depth, MAX_INDENT) }}>
        {hasChildren ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys of the tree do the same
          // biome-ignore lint/a11y/useKeyWithClickEvents: likewise
          <span
            class={`fold-mark ${isOpen ? 'is-open' : ''}`}
            onClick={(event) => {
              event.stopPropagation()
              onToggle()
            }}
          >
            <Icon name="right" />
          </span>
        ) : (
          <span class="fold-mark" />
        )}
        {span.operation === span.title ? (
          // What another tool calls its span is all that there is to say.
          <span class="swatch" aria-hidden="true" />
        ) : (
          <OperationTag operation={span.operation} />
        )}{' '}
        <span class="row-title" title={span.title}>
          {span.title}
        </span>{' '}
        {span.isError || span.durationMillis === undefined ? <ResultTag span={span} /> : null}
      </div>{' '}
      <span class="row-took">{took}</span>
      <Bar span={span} trace={trace} />
    </div>
  )
}
