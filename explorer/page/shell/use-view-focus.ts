import { useEffect, useRef } from 'preact/hooks'

/** Who came to another view by a link begins at its top, with the keyboard and with the screen reader too. */
export const useViewFocus = (path: string): void => {
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [path])
}
