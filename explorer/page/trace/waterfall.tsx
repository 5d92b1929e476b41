import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Trace } from '../../api/trace.ts'
import { MoreRows } from '../ui/more-rows.tsx'
import { Hatch } from './hatch.tsx'
import { moveOf } from './keys.ts'
import { type Row, rowsOf } from './rows.ts'
import { TimeAxis } from './time-axis.tsx'
import { goTrace, type TraceState, withClosed, withSpan } from './trace-state.ts'
import { WaterfallRow } from './waterfall-row.tsx'

interface WaterfallProps {
  readonly trace: Trace
  readonly state: TraceState
}

/** The tree of a trace, along its time. Arrow keys move and open, Enter shows the details, as in any tree. */
export const Waterfall = ({ trace, state }: WaterfallProps): JSX.Element => {
  const all = rowsOf(trace.spans, state.closed)
  // What the address names is there, however far down it is.
  const rows = all.slice(0, Math.max(state.rows, all.findIndex(({ span }) => span.spanId === state.spanId) + 1))
  const [at, setAt] = useState(state.spanId)
  const tree = useRef<HTMLDivElement>(null)
  const current = rows.some(({ span }) => span.spanId === at) ? at : rows[0]?.span.spanId
  const isMoved = useRef(false)
  useEffect(() => {
    if (isMoved.current) tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
    isMoved.current = false
  }, [current])

  const toggle = ({ span, isOpen }: Row) => goTrace(withClosed(state, span.spanId, isOpen))
  const onKeyDown = (event: KeyboardEvent) => {
    const index = rows.findIndex(({ span }) => span.spanId === current)
    const move = moveOf(event.key, rows, index)
    const row = rows[index]
    if (move === undefined || row === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (move === 'open') goTrace(withSpan(state, row.span.spanId))
    else if (move === 'close') goTrace(withSpan(state, undefined))
    else if (move === 'toggle') toggle(row)
    else {
      isMoved.current = true
      setAt(rows[move]?.span.spanId)
    }
  }

  return (
    <section class="card waterfall-card" aria-label="Waterfall">
      <Hatch />
      <TimeAxis startMillis={trace.startMillis} endMillis={trace.endMillis} />
      <div class="waterfall" role="tree" aria-label="Spans of this trace" ref={tree} onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <WaterfallRow
            key={row.span.spanId}
            row={row}
            trace={trace}
            isCurrent={row.span.spanId === current}
            isSelected={row.span.spanId === state.spanId}
            onToggle={() => toggle(row)}
            onOpen={() => {
              setAt(row.span.spanId)
              goTrace(withSpan(state, row.span.spanId))
            }}
          />
        ))}
      </div>
      <MoreRows shown={rows.length} of={all.length} onShow={(shown) => goTrace({ ...state, rows: shown })} />
      <p class="note keys">
        <span class="keyboard">
          <kbd>↑</kbd> <kbd>↓</kbd> move · <kbd>←</kbd> <kbd>→</kbd> fold · <kbd>Enter</kbd> details ·{' '}
        </span>
        hatched: waiting, a tick: something happened
      </p>
    </section>
  )
}
