import type { MiddlewareHandler } from 'hono'

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Lets only those in who address this machine by one of its own names. A page of the internet can point its own name at
 * 127.0.0.1 and read what answers there (DNS rebinding), but it cannot change the name that the browser sends. It also
 * keeps the explorer out of a tunnel that was opened for webhooks.
 */
export const onlyLocalHost: MiddlewareHandler = async (c, next) => {
  const host = (c.req.header('host') ?? '').replace(/:\d+$/, '').toLowerCase()
  if (!LOCAL_NAMES.has(host)) {
    return c.json(
      { code: 7, message: 'This answers on localhost only: open it by http://localhost and its port.' },
      403,
    )
  }
  return next()
}
