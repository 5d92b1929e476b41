import type { MiddlewareHandler } from 'hono'

/**
 * Lets in the explorer's own page, what no browser sends, such as the command line, and whoever comes to look at a page
 * by a link. A page of the internet, or of another port, gets nothing: browsers say of every request where it comes from.
 *
 * Source: w3.org/TR/fetch-metadata
 */
export const onlyOwnPage: MiddlewareHandler = async (c, next) => {
  const { origin, host, site, mode, destination } = {
    origin: c.req.header('origin'),
    host: c.req.header('host'),
    site: c.req.header('sec-fetch-site') ?? 'none',
    mode: c.req.header('sec-fetch-mode'),
    destination: c.req.header('sec-fetch-dest'),
  }
  const isLink =
    c.req.method === 'GET' && mode === 'navigate' && destination === 'document' && !c.req.path.startsWith('/api/')
  const isOwn = origin === undefined || origin.toLowerCase() === `http://${host?.toLowerCase()}`
  if (isOwn && (site === 'none' || site === 'same-origin' || isLink)) return next()
  return c.json({ message: 'This answers its own page alone, and not those of others.' }, 403)
}
