import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** Brings what changed at the reader's wish into sight, when it is below what the window shows. */
export const useSeen = (changed: string | undefined): RefObject<HTMLElement | null> => {
  const box = useRef<HTMLElement | null>(null)
  const before = useRef(changed)
  useEffect(() => {
    if (before.current === changed) return
    before.current = changed
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (changed !== undefined) box.current?.scrollIntoView({ block: 'nearest', behavior: isStill ? 'auto' : 'smooth' })
  }, [changed])
  return box
}
