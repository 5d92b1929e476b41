import { openJenkins } from '../../../cli/import/jenkins/client.ts'
import { jobsBelow } from '../../../cli/import/jenkins/jobs.ts'
import { jobPart } from '../../../cli/import/jenkins/runs.ts'
import { type Apis, openApis } from './api-server.ts'

const runOf = (number: number) => ({
  number,
  url: `https://ci.acme.com/job/shop/job/main/${number}/`,
  building: false,
  result: 'SUCCESS',
  timestamp: Date.UTC(2026, 0, 1) + number * 60_000,
  duration: 30_000,
  actions: [],
})
const RUNS = new Map([
  ['shop/feature%2Fx', [runOf(1)]],
  ['shop/main', Array.from({ length: 230 }, (_, at) => runOf(230 - at))],
])

let apis: Apis
beforeEach(async () => {
  apis = await openApis(new Map(), RUNS)
})
afterEach(() => apis.close())

const client = () => openJenkins({ url: `${apis.url}/jenkins/`, env: {}, secondMillis: 1 })

const read = async (sinceMillis: number, from?: string) => {
  const pages = []
  for await (const page of jobPart(client(), { fullName: 'shop/main', path: 'job/shop/job/main' }, sinceMillis).pages(
    from,
  )) {
    pages.push({ read: page.read, next: page.next })
  }
  return pages
}

describe('Jenkins, asked for history', () => {
  it('tells the jobs below a folder, whose names may be encoded', async () => {
    expect(await jobsBelow(client(), 'shop')).toEqual([
      { fullName: 'shop/feature%2Fx', path: 'job/shop/job/feature%252Fx' },
      { fullName: 'shop/main', path: 'job/shop/job/main' },
    ])
  })

  it('gives the runs of a job page by page', async () => {
    expect(await read(0)).toEqual([
      { read: 100, next: '100' },
      { read: 100, next: '200' },
      { read: 30, next: undefined },
    ])
  })

  it('is read on from where it was', async () => {
    expect(await read(0, '200')).toEqual([{ read: 30, next: undefined }])
  })

  it('is read until its runs are older than was asked for', async () => {
    expect(await read(Date.UTC(2026, 0, 1) + 200 * 60_000)).toEqual([{ read: 31, next: undefined }])
  })

  it('is asked again when it fails', async () => {
    apis.state.instead = (_request, count) => (count < 3 ? { status: 503 } : undefined)
    expect((await jobsBelow(client(), 'shop')).length).toBe(2)
  })

  it.each([
    [401, 'Jenkins does not accept JENKINS_USER and JENKINS_TOKEN (401): make an API token under your name, Security.'],
    [403, 'Jenkins does not let JENKINS_USER read job shop (403): it takes the permissions Overall/Read and Job/Read.'],
    [404, 'Jenkins knows no job shop, or JENKINS_USER may not see it (404): see to --url and --job.'],
    [500, 'Jenkins answered 500 for job shop four times in a row: run the same command again later.'],
  ])('says in one sentence what %i means', async (status, sentence) => {
    apis.state.instead = () => ({ status })
    await expect(jobsBelow(client(), 'shop')).rejects.toThrow(sentence)
  })

  it('must have an address', () => {
    expect(() => openJenkins({ url: 'ci.acme.com', env: {} })).toThrow('--url must be the address')
  })
})
