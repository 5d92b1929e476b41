import { Hono } from 'hono'
import { onlyLocalHost } from '../explorer/local-host.ts'
import { onlyOwnPage } from '../explorer/server/own-page.ts'
import type { Schedules } from './schedules.ts'
import type { TableAddress } from './table.ts'

/** What is known only where the stack was started. */
export interface Running {
  readonly table: TableAddress
  /** Undefined where the spans are kept here. */
  readonly exportsTo: string | undefined
}

/**
 * What the operator's commands ask of a running stack: where its table is, which only its process can open, where its
 * spans go, and that a scheduled function runs now, as Lambda's Invoke does. For this machine alone, and for no page of a browser.
 */
export const operatorApp = ({ table, exportsTo }: Running, { run }: Pick<Schedules, 'run'>): Hono => {
  const app = new Hono()
  app.use('/local/*', onlyLocalHost, onlyOwnPage)
  return app
    .get('/local/table', (c) => c.json(table))
    .get('/local/backend', (c) => c.json({ exportsTo }))
    .post('/local/functions/:name', async (c) => {
      const running = run(c.req.param('name'))
      if (running === undefined) return c.json({ message: 'No scheduled function is called so.' }, 404)
      try {
        return c.json((await running) ?? null)
      } catch (error) {
        // As Lambda tells of a function that has thrown.
        return c.json({ errorMessage: error instanceof Error ? error.message : 'unknown' }, 500)
      }
    })
}
