import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openGithub } from '../../../cli/github/client.ts'
import { cursorFile } from '../../../cli/import/cursor.ts'
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
import { receiveTrusted } from '../../../lib/record/receive.ts'
import { memoryStore } from '../../support/memory-store.ts'
import { type Apis, openApis, TOKEN } from './api-server.ts'
import { comparableSpans, differences } from './comparable.ts'
import { playedGithub } from './played-github.ts'
import { playedJenkins } from './played-jenkins.ts'
import { sentBy } from './played-world.ts'

/** `IMPORT_ACTIVITIES=12000` plays a world of 5,000 issues and pull requests. */
const ACTIVITIES = Number(process.env.IMPORT_ACTIVITIES ?? 150)
const SINCE = '2000-01-01T00:00:00Z'
const INSTALLATION = { githubHost: 'github.com', repositoryOfJob: () => undefined }
const pause = async () => Promise.resolve()
const SILENT = { advance: () => {}, say: () => {}, end: () => {} }

type Store = ReturnType<typeof memoryStore>

const sent = sentBy(7, ACTIVITIES)
const repositories = playedGithub(sent)
const owners = [...new Set([...repositories.keys()].map((name) => name.split('/')[0] ?? ''))]
const ciUrls = [...new Set(sent.flatMap(({ source, body }) => (source === 'jenkins' ? [String(body.ciUrl)] : [])))]
const home = mkdtempSync(join(tmpdir(), 'valuestream-import-'))

/** Every span that went out, by its id. */
const exporting = () => {
  const exported: string[] = []
  return {
    exported,
    exporter: {
      export: async (spans: readonly { readonly spanId: string }[]) => {
        exported.push(...spans.map(({ spanId }) => spanId))
        return Promise.resolve({ kind: 'accepted' } as const)
      },
    },
  }
}

const sendLive = async (store: Store, exporter = exporting().exporter): Promise<void> => {
  for (const { source, event, body } of sent) {
    const { report } = await receiveTrusted(
      {
        headers: { 'x-github-event': event },
        query: {},
        pathParameters: {},
        body: Buffer.from(JSON.stringify(body)),
      },
      { source: source === 'github' ? github : jenkins, installation: INSTALLATION, store, exporter, pause },
    )
    if (report.outcome === 'refused' || report.outcome === 'unavailable') throw new Error(report.reason)
  }
}

const receiverOf = (store: Store, exporter = keptInTable): Receiver =>
  tableReceiver({
    ...{ name: 'memory', installation: INSTALLATION, store, exporter, emits: false, pause },
    close: () => Promise.resolve(),
  })

/** Dies like a process that is killed: in the middle of a page, without a word. */
const killedAfter = (receiver: Receiver, activities: number): Receiver => {
  let left = activities
  return {
    ...receiver,
    receive: (told) => {
      left -= 1
      return left < 0 ? Promise.reject(new Error('killed')) : receiver.receive(told)
    },
  }
}

const apis: { github?: Apis; jenkins?: readonly Apis[]; early?: readonly Apis[] } = {}
beforeAll(async () => {
  apis.github = await openApis(repositories)
  apis.jenkins = await Promise.all(ciUrls.map((url) => openApis(new Map(), playedJenkins(sent, url))))
  apis.early = await Promise.all(ciUrls.map((url) => openApis(new Map(), playedJenkins(sent, url, 40))))
})
afterAll(async () => {
  await Promise.all([apis.github, ...(apis.jenkins ?? []), ...(apis.early ?? [])].map((one) => one?.close()))
  rmSync(home, { recursive: true, force: true })
})

const importAll = async (receiver: Receiver, controllers = apis.jenkins): Promise<void> => {
  const env = { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: apis.github?.url }
  const client = openGithub({ host: 'github.com', env, now: Date.now, say: () => {} })
  for (const owner of owners) {
    for (const place of await placesOf(client, owner)) {
      const cursor = cursorFile(home, { source: 'github', of: place.fullName, since: SINCE, target: 'memory' })
      const parts = await partsOf(client, place, SINCE, USUAL, cursor, () => {})
      await runImport({ parts, receiver, cursor, progress: SILENT, isStopped: () => false })
    }
  }
  for (const one of controllers ?? []) {
    const controller = openJenkins({ url: `${one.url}/jenkins`, env: {} })
    const parts = (await jobsBelow(controller, '')).map((job) => jobPart(controller, job, 0))
    const cursor = cursorFile(home, { source: 'jenkins', of: one.url, since: SINCE, target: 'memory' })
    await runImport({ parts, receiver, cursor, progress: SILENT, isStopped: () => false })
  }
}

const spansIn = ({ contexts }: Store) => comparableSpans(contexts.values())

describe('a history that is imported', () => {
  it('is killed twice, goes on, and has made the spans that its webhooks make', async () => {
    const [live, imported] = [memoryStore(), memoryStore()]
    await sendLive(live)
    const some = Math.ceil(repositories.size * 4)
    await expect(importAll(killedAfter(receiverOf(imported), some))).rejects.toThrow('killed')
    await expect(importAll(killedAfter(receiverOf(imported), some * 2))).rejects.toThrow('killed')
    await importAll(receiverOf(imported))
    expect(spansIn(live).size).toBeGreaterThan(ACTIVITIES / 2)
    expect(differences(spansIn(imported), spansIn(live))).toEqual([])
    expect(readdirSync(join(home, 'imports')).filter((name) => !name.includes('background'))).toEqual([])
  })

  it('adds no span and changes none where its webhooks came before', async () => {
    const store = memoryStore()
    await sendLive(store)
    const before = spansIn(store)
    const { exported, exporter } = exporting()
    // The plugin tells an end a moment after Jenkins has set it.
    await importAll(receiverOf(store, exporter), apis.early)
    expect(exported).toEqual([])
    expect(differences(spansIn(store), before)).toEqual([])
  })

  it('is not doubled by its webhooks when they come after it', async () => {
    const store = memoryStore()
    await importAll(receiverOf(store))
    const imported = spansIn(store)
    await sendLive(store)
    expect(differences(imported, spansIn(store))).toEqual([])
  })
})
