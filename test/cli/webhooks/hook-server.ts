import { createServer } from 'node:http'
import { listening } from '../../support/listening.ts'

export interface PlayedHook {
  readonly id: number
  readonly active: boolean
  readonly events: readonly string[]
  readonly config: Readonly<Record<string, string>>
}

export const TOKEN = 'ghp_s3cret'

/** The webhooks of one owner by GitHub's API, on loopback. */
export const openHooks = async (path: string) => {
  const hooks = new Map<number, PlayedHook>()
  const requests: string[] = []
  const deliveries: object[] = []
  const state = {
    /** What a ping is answered by who receives it. */
    ping: { status: 'OK', status_code: 200 },
    refuse: undefined as number | undefined,
  }
  const shown = ({ config, ...hook }: PlayedHook) => ({
    ...hook,
    config: { ...config, ...(config.secret === undefined ? {} : { secret: '********' }) },
  })

  const answer = (method: string, tail: string, body: string): readonly [number, unknown] => {
    const [, id, what] = /^\/(\d+)(?:\/(\w+))?$/.exec(tail) ?? []
    const hook = hooks.get(Number(id))
    if (tail === '' && method === 'GET') return [200, [...hooks.values()].map(shown)]
    if (tail === '' && method === 'POST') {
      const { events, active, config } = JSON.parse(body)
      const made = { id: 100 + hooks.size, events, active, config }
      hooks.set(made.id, made)
      return [201, shown(made)]
    }
    if (hook === undefined) return [404, { message: 'Not Found' }]
    if (what === 'pings') {
      const delivered = { event: 'ping', delivered_at: '2026-01-01T00:00:00Z', duration: 0.27, ...state.ping }
      deliveries.unshift({ id: 1, guid: `guid-${deliveries.length}`, ...delivered })
      return [204, undefined]
    }
    if (what === 'deliveries') return [200, deliveries]
    if (method === 'DELETE') {
      hooks.delete(hook.id)
      return [204, undefined]
    }
    const changed = { ...hook, ...JSON.parse(body) }
    hooks.set(hook.id, changed)
    return [200, shown(changed)]
  }

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { pathname } = new URL(incoming.url ?? '', 'http://github')
      requests.push(`${incoming.method} ${pathname}`)
      const isOwn = pathname.startsWith(path) && incoming.headers.authorization === `token ${TOKEN}`
      const [status, body] = state.refuse
        ? [state.refuse, { message: 'No' }]
        : isOwn
          ? answer(incoming.method ?? '', pathname.slice(path.length), Buffer.concat(chunks).toString())
          : [404, { message: 'Not Found' }]
      outgoing.writeHead(status, { 'content-type': 'application/json' })
      outgoing.end(body === undefined ? undefined : JSON.stringify(body))
    })
  })
  const url = await listening(server)
  return {
    url,
    hooks,
    requests,
    state,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type HookServer = Awaited<ReturnType<typeof openHooks>>
