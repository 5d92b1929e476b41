import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import type { ExportOutcome, SpanExporter } from '../record/ports.ts'

/** One export under way. */
interface Attempt {
  readonly requests: Set<ClientRequest>
  isOver: boolean
}

const attempts = new AsyncLocalStorage<Attempt>()

/** OpenTelemetry's exporter hands its requests to nobody and cannot be told to stop, so they are noticed as Node starts them. */
subscribe('http.client.request.start', (message) => {
  const attempt = attempts.getStore()
  if (attempt === undefined) return
  const { request } = message as { readonly request: ClientRequest }
  if (attempt.isOver) request.destroy()
  else attempt.requests.add(request)
})

/**
 * An exporter that has an outcome in time, whatever the backend does: Node's timeout of a request begins anew with each
 * byte, so that a backend which sends one now and then would hold whoever waits for the answer. What is late is given up,
 * with its connection, and may be taken later.
 */
export const withDeadline = (exporter: SpanExporter, deadlineMillis: number): SpanExporter => ({
  export: async (spans) => {
    const attempt: Attempt = { requests: new Set(), isOver: false }
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<ExportOutcome>((resolve) => {
      timer = setTimeout(() => {
        resolve({ kind: 'retryable', message: `the backend has not answered within ${deadlineMillis} ms` })
        giveUp(attempt)
      }, deadlineMillis)
    })
    try {
      return await Promise.race([attempts.run(attempt, () => exporter.export(spans)), late])
    } finally {
      clearTimeout(timer)
    }
  },
})

const giveUp = (attempt: Attempt): void => {
  attempt.isOver = true
  for (const request of attempt.requests) request.destroy()
}
