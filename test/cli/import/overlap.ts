import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openGithub } from '../../../cli/github/client.ts'
import { cursorFile, type Import } from '../../../cli/import/cursor.ts'
import { partsOf, USUAL } from '../../../cli/import/github/import.ts'
import { placesOf } from '../../../cli/import/github/repository.ts'
import { openJenkins } from '../../../cli/import/jenkins/client.ts'
import { jobsBelow } from '../../../cli/import/jenkins/jobs.ts'
import { jobPart } from '../../../cli/import/jenkins/runs.ts'
import type { Receiver } from '../../../cli/import/receiver.ts'
import { runImport } from '../../../cli/import/run.ts'
import { keptInTable } from '../../../cli/import/target/exporter.ts'
import { tableReceiver } from '../../../cli/import/target/table.ts'
import { github } from '../../../lib/github/source.ts'
import { jenkins } from '../../../lib/jenkins/source.ts'
import type { SpanExporter } from '../../../lib/record/ports.ts'
import { receiveTrusted } from '../../../lib/record/receive.ts'
import { memoryStore } from '../../support/memory-store.ts'
import { openApis, TOKEN } from './api-server.ts'
import { comparableSpans } from './comparable.ts'
import { playedGithub } from './played-github.ts'
import { playedJenkins } from './played-jenkins.ts'
import { sentBy } from './played-world.ts'

const SINCE = '2000-01-01T00:00:00Z'
const INSTALLATION = { githubHost: 'github.com', repositoryOfJob: () => undefined }
const SILENT = { advance: () => {}, say: () => {}, end: () => {} }
const pause = async () => Promise.resolve()
const noClose = async () => Promise.resolve()

/** Later than an end, by which the plugin tells it. */
const LATE_MILLIS = 40

export type Store = ReturnType<typeof memoryStore>
export const newStore = (): Store => memoryStore()
export const spansIn = ({ contexts }: Store) => comparableSpans(contexts.values())

/** Takes every span, and keeps its id. */
export const exporting = (): { readonly exported: string[]; readonly exporter: SpanExporter } => {
  const exported: string[] = []
  return {
    exported,
    exporter: {
      export: async (spans) => {
        exported.push(...spans.map(({ spanId }) => spanId))
        return Promise.resolve({ kind: 'accepted' })
      },
    },
  }
}

export const receiverOf = (store: Store, exporter: SpanExporter = keptInTable): Receiver =>
  tableReceiver({
    ...{ name: 'memory', installation: INSTALLATION, store, exporter, emits: false, pause, close: noClose },
  })

/** Dies like a process that is killed: in the middle of a page, without a word. */
export const killedAfter = (receiver: Receiver, activities: number): Receiver => {
  let left = activities
  return {
    ...receiver,
    receive: (told) => {
      left -= 1
      return left < 0 ? Promise.reject(new Error('killed')) : receiver.receive(told)
    },
  }
}

/** A world that has sent its webhooks, and whose APIs answer on loopback. */
export const openOverlap = async (seed: number, activities: number) => {
  const sent = sentBy(seed, activities)
  const home = mkdtempSync(join(tmpdir(), 'valuestream-import-'))
  const repositories = playedGithub(sent)
  const owners = [...new Set([...repositories.keys()].map((name) => name.split('/')[0] ?? ''))]
  const ciUrls = [...new Set(sent.flatMap(({ source, body }) => (source === 'jenkins' ? [String(body.ciUrl)] : [])))]
  const controllersOf = (lateMillis: number) =>
    Promise.all(ciUrls.map((url) => openApis(new Map(), playedJenkins(sent, url, lateMillis))))
  const apis = await openApis(repositories)
  const [exact, late] = await Promise.all([controllersOf(0), controllersOf(LATE_MILLIS)])
  const cursorOf = (source: Import['source'], of: string) =>
    cursorFile(home, { source, of, since: SINCE, target: 'memory' })

  const sendLive = async (store: Store, exporter = exporting().exporter): Promise<void> => {
    for (const { source, event, body } of sent) {
      const request = { headers: { 'x-github-event': event }, query: {}, pathParameters: {} }
      const { report } = await receiveTrusted(
        { ...request, body: Buffer.from(JSON.stringify(body)) },
        { source: source === 'github' ? github : jenkins, installation: INSTALLATION, store, exporter, pause },
      )
      if (report.outcome === 'refused' || report.outcome === 'unavailable') throw new Error(report.reason)
    }
  }

  const run = (
    receiver: Receiver,
    parts: Parameters<typeof runImport>[0]['parts'],
    cursor: ReturnType<typeof cursorOf>,
  ) => runImport({ parts, receiver, cursor, progress: SILENT, isStopped: () => false })

  /** @param isLate whether the plugins have told ends later than the API */
  const importAll = async (receiver: Receiver, isLate = false): Promise<void> => {
    const env = { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: apis.url }
    const client = openGithub({ host: 'github.com', env, now: Date.now, say: () => {} })
    for (const owner of owners) {
      for (const place of await placesOf(client, owner)) {
        const cursor = cursorOf('github', place.fullName)
        await run(receiver, await partsOf(client, place, SINCE, USUAL, cursor, () => {}), cursor)
      }
    }
    for (const { url } of isLate ? late : exact) {
      const controller = openJenkins({ url: `${url}/jenkins`, env: {} })
      const parts = (await jobsBelow(controller, '')).map((job) => jobPart(controller, job, 0))
      await run(receiver, parts, cursorOf('jenkins', url))
    }
  }

  const close = async (): Promise<void> => {
    await Promise.all([apis, ...exact, ...late].map((one) => one.close()))
    rmSync(home, { recursive: true, force: true })
  }
  const requests = () => [apis, ...exact, ...late].reduce((sum, one) => sum + one.requests.length, 0)
  return { sent, home, sendLive, importAll, requests, close }
}
export type Overlap = Awaited<ReturnType<typeof openOverlap>>
