import type { MiddlewareHandler } from 'hono'

/** Answers so many requests at a time; of more, that they come again in a second, so that none waits for all others. */
export const atOnce = (limit: number): MiddlewareHandler => {
  let underWay = 0
  return async (c, next) => {
    if (underWay >= limit) {
      return c.json({ message: 'Too much is asked at once: try again in a moment.' }, 503, { 'retry-after': '1' })
    }
    underWay += 1
    try {
      return await next()
    } finally {
      underWay -= 1
    }
  }
}
