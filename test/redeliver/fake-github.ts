import { type Answer, type Asked, openGithubServer } from '../support/github-server.ts'

/** As GitHub's API writes it, but for the number, which is larger than a JavaScript number holds. */
export interface Delivered {
  readonly id: string
  readonly guid: string
  readonly delivered_at: string
  readonly redelivery: boolean
  readonly status_code: number
}

/** The deliveries of hooks, with pages and a rate limit, over HTTP on loopback. */
export const openGithub = async () => {
  const hooks = new Map<string, Delivered[]>()
  const requests: string[] = []
  const state = {
    pageLength: 100,
    remaining: 5000,
    resetSeconds: 1_800_000_000,
    nowMillis: 0,
    /** What we answer to a redelivery. */
    receiver: (_guid: string): number => 202,
    /** In place of GitHub's own answer. */
    instead: (_request: string): Answer | undefined => undefined,
  }
  let nextId = 3_804_004_623_172_239_366n

  const add = (path: string, guid: string, status_code: number, atMillis: number, redelivery = false): string => {
    nextId += 1n
    const id = String(nextId)
    const delivered_at = new Date(atMillis).toISOString().replace('.000Z', 'Z')
    hooks.set(path, [{ id, guid, delivered_at, redelivery, status_code }, ...(hooks.get(path) ?? [])])
    return id
  }

  const answerTo = ({ method, url, headers }: Asked): Answer => {
    const path = decodeURIComponent(url.pathname)
    const [, hook = '', , id] = /^(.*?)\/deliveries(\/(\d+)\/attempts)?$/.exec(path) ?? []
    const deliveries = hooks.get(hook)
    if (deliveries === undefined) return { status: 404, body: { message: 'Not Found' } }
    if (method === 'POST') {
      const delivery = deliveries.find((one) => one.id === id)
      if (delivery === undefined) return { status: 404, body: { message: 'Not Found' } }
      add(hook, delivery.guid, state.receiver(delivery.guid), state.nowMillis, true)
      return { status: 202, body: {} }
    }
    const cursor = url.searchParams.get('cursor')
    const from = cursor === null ? 0 : deliveries.findIndex((one) => cursor === `v1_${one.id}`)
    const page = deliveries.slice(from, from + state.pageLength)
    const next = deliveries[from + state.pageLength]
    const link = next && `<http://${headers.host}${path}?per_page=100&cursor=v1_${next.id}>; rel="next"`
    return { status: 200, body: page, ...(link ? { headers: { link } } : {}) }
  }

  const instead = ({ method, url }: Asked): Answer | undefined => {
    const request = `${method} ${decodeURIComponent(url.pathname)}`
    const cursor = url.searchParams.get('cursor')
    requests.push(cursor === null ? request : `${request} ${cursor}`)
    return state.instead(request)
  }

  const { url, close } = await openGithubServer(state, instead, answerTo)
  return {
    url,
    state,
    requests,
    hooks,
    add,
    posts: () => requests.filter((request) => request.startsWith('POST')),
    close,
  }
}

export type Github = Awaited<ReturnType<typeof openGithub>>
