import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { JsonObject } from '../../../demo/payloads/json.ts'
import { listening } from '../../support/listening.ts'
import type { PlayedRepository } from './played-github.ts'

export const TOKEN = 'ghp_s3cret'

export interface Instead {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** GitHub's REST API below `/`, and Jenkins's below `/jenkins/`, on loopback. */
export const openApis = async (
  repositories: ReadonlyMap<string, PlayedRepository>,
  runs: ReadonlyMap<string, readonly JsonObject[]> = new Map(),
) => {
  const requests: string[] = []
  const state = {
    /** What is answered in place of the API's own answer. */
    instead: (_request: string, _count: number): Instead | undefined => undefined,
    pageLength: 100,
  }

  const github = (address: URL): Instead => {
    const [, name = '', path = ''] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(address.pathname) ?? []
    const organisation = /^\/orgs\/([^/]+)\/repos$/.exec(address.pathname)?.[1]
    if (organisation !== undefined) {
      const own = [...repositories].filter(([full]) => full.startsWith(`${organisation}/`))
      return paged(
        own.map(([, { repository }]) => repository),
        address,
      )
    }
    const found = repositories.get(name)
    if (found === undefined) return { status: 404, body: { message: 'Not Found' } }
    if (path === '') return { status: 200, body: found.repository }
    const object = found.objects.get(path)
    if (object !== undefined) return { status: 200, body: object }
    return paged(found.lists.get(path) ?? [], address, path === '/actions/runs' ? 'workflow_runs' : undefined)
  }

  const paged = (all: readonly JsonObject[], address: URL, field?: string): Instead => {
    const length = Math.min(state.pageLength, Number(address.searchParams.get('per_page') ?? 30))
    const page = Number(address.searchParams.get('page') ?? 1)
    const items = all.slice((page - 1) * length, page * length)
    const last = Math.max(1, Math.ceil(all.length / length))
    const link = (number: number, relation: string): string => {
      address.searchParams.set('page', String(number))
      return `<${address.href}>; rel="${relation}"`
    }
    return {
      status: 200,
      headers: page < last ? { link: `${link(page + 1, 'next')}, ${link(last, 'last')}` } : {},
      body: field === undefined ? items : { total_count: all.length, [field]: items },
    }
  }

  const jenkins = (address: URL): Instead => {
    const segments = [...address.pathname.matchAll(/\/job\/([^/]+)/g)].map(([, one]) => decodeURIComponent(one ?? ''))
    const fullName = segments.join('/')
    const below = [...runs.keys()].filter((job) => fullName === '' || job.startsWith(`${fullName}/`))
    const own = runs.get(fullName)
    const [, from, to] = /\{(\d+),(\d+)\}$/.exec(address.searchParams.get('tree') ?? '') ?? []
    if (own !== undefined && from !== undefined) {
      return { status: 200, body: { allBuilds: own.slice(Number(from), Number(to)) } }
    }
    if (own !== undefined) return { status: 200, body: { _class: 'WorkflowJob' } }
    if (below.length === 0) return { status: 404, body: {} }
    const names = new Set(below.map((job) => job.split('/')[segments.length]))
    return { status: 200, body: { jobs: [...names].map((name) => ({ name: name ?? '' })) } }
  }

  const serve = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const address = new URL(incoming.url ?? '', `http://${incoming.headers.host}`)
    const isJenkins = address.pathname.startsWith('/jenkins/')
    const request = `${incoming.method} ${address.pathname}${address.search}`
    requests.push(request)
    const isKnown = isJenkins || incoming.headers.authorization === `token ${TOKEN}`
    const answer =
      state.instead(request, requests.length) ??
      (isKnown
        ? isJenkins
          ? jenkins(address)
          : github(address)
        : { status: 401, body: { message: 'Bad credentials' } })
    outgoing.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', ...answer.headers })
    outgoing.end(JSON.stringify(answer.body ?? {}))
  }

  const server = createServer(serve)
  const url = await listening(server)
  return {
    url,
    requests,
    state,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type Apis = Awaited<ReturnType<typeof openApis>>
