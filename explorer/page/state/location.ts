import { useEffect, useState } from 'preact/hooks'

/** Where the page is: its path and its parameters. Everything that a view shows follows from it. */
export interface Place {
  readonly path: string
  readonly parameters: URLSearchParams
}

const MOVED = 'valuestream:moved'

export const currentPlace = (): Place => ({
  path: location.pathname,
  parameters: new URLSearchParams(location.search),
})

/** Goes to an address of this page; `replace` where going back should skip what was there. */
export const navigate = (href: string, options: { readonly replace?: boolean } = {}): void => {
  if (href === `${location.pathname}${location.search}`) return
  history[options.replace ? 'replaceState' : 'pushState'](null, '', href)
  dispatchEvent(new Event(MOVED))
}

/** The place, kept current while the reader goes back and forth. */
export const usePlace = (): Place => {
  const [place, setPlace] = useState(currentPlace)
  useEffect(() => {
    const update = () => setPlace(currentPlace())
    for (const moved of ['popstate', MOVED]) addEventListener(moved, update)
    return () => {
      for (const moved of ['popstate', MOVED]) removeEventListener(moved, update)
    }
  }, [])
  return place
}

/** An address with its parameters in a form that people can read: `:`, `/` and `,` need no escapes in a query. */
export const hrefOf = (path: string, parameters: URLSearchParams): string => {
  const text = parameters.toString().replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%2C/g, ',')
  return text === '' ? path : `${path}?${text}`
}
