import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Selection } from '../../query.ts'
import { Axis } from './axis.tsx'
import { BrushHandles } from './brush-handles.tsx'
import { HistogramBars } from './histogram-bars.tsx'
import { type Band, type Buckets, bandOfDrag, bandOfSelected, edgeNear, millisAt } from './scale.ts'

interface BrushProps {
  readonly buckets: Buckets
  readonly selection: Selection
  readonly onSelect: (selection: Selection, options?: { readonly replace?: boolean }) => void
}

/** The histogram, of which a part is taken: by dragging, by touch, or by two handles that the arrow keys move. */
export const Brush = ({ buckets, selection, onSelect }: BrushProps): JSX.Element => {
  const plot = useRef<HTMLDivElement>(null)
  const start = useRef<number | undefined>(undefined)
  const [draft, setDraft] = useState<Band | undefined>(undefined)
  const band = draft ?? bandOf(buckets, selection)

  const positionAt = (event: PointerEvent) => {
    const box = plot.current?.getBoundingClientRect()
    return box === undefined ? 0 : (event.clientX - box.left) / box.width
  }
  const begin = (event: PointerEvent) => {
    if (event.button !== 0 || event.target instanceof HTMLInputElement) return
    start.current = positionAt(event)
    plot.current?.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    if (start.current !== undefined) setDraft(bandOfDrag(buckets, start.current, positionAt(event)))
  }
  const commit = (taken: Band, options?: { readonly replace?: boolean }) => {
    setDraft(undefined)
    onSelect(selectionOf(buckets, taken), options)
  }
  const end = (event: PointerEvent) => {
    if (start.current === undefined) return
    const taken = bandOfDrag(buckets, start.current, positionAt(event))
    start.current = undefined
    commit(taken)
  }
  const cancel = () => {
    start.current = undefined
    setDraft(undefined)
  }

  return (
    <div class="histogram">
      <HistogramBars buckets={buckets} band={selection.kind === 'failed' ? undefined : band} />
      <div
        class="plot"
        ref={plot}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={cancel}
      >
        <BrushHandles
          buckets={buckets}
          band={band}
          isIdle={selection.kind === 'failed' && draft === undefined}
          onMove={setDraft}
          onSettle={(taken) => commit(taken, { replace: true })}
        />
      </div>
      <Axis buckets={buckets} />
    </div>
  )
}

const bandOf = (buckets: Buckets, selection: Selection): Band => {
  const all = { from: 0, to: buckets.length }
  if (selection.kind === 'failed') return all
  if (selection.kind !== 'duration') return bandOfSelected(buckets) ?? all
  return { from: edgeNear(buckets, selection.minMillis), to: edgeNear(buckets, selection.maxMillis) }
}

const selectionOf = (buckets: Buckets, { from, to }: Band): Selection => ({
  kind: 'duration',
  minMillis: millisAt(buckets, from),
  maxMillis: millisAt(buckets, to),
})
