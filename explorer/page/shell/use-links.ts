import { useEffect } from 'preact/hooks'
import { navigate } from '../state/location.ts'

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.defaultPrevented && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)

/** Every link of the page is an ordinary one, which can be copied and opened beside; a plain click stays on the page. */
export const useLinks = (): void => {
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      const isOurs =
        link !== null && link.origin === location.origin && link.target === '' && !link.hasAttribute('download')
      if (!isOurs || !isPlainClick(event) || link.getAttribute('href')?.startsWith('#')) return
      // The API's answers are documents of their own.
      if (link.pathname.startsWith('/api/')) return
      event.preventDefault()
      navigate(`${link.pathname}${link.search}`)
    }
    document.addEventListener('click', follow)
    return () => document.removeEventListener('click', follow)
  }, [])
}
