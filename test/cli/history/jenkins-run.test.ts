import { checkoutOf } from '../../../cli/history/jenkins/checkout.ts'
import { runTold } from '../../../cli/history/jenkins/run.ts'

const STARTED = Date.UTC(2026, 0, 1, 10)
const RUN = {
  number: 3,
  url: 'https://ci.acme.com/jenkins/job/acme/job/shop/job/PR-12/3/',
  building: false,
  result: 'FAILURE',
  timestamp: STARTED,
  duration: 90_000,
  builtOn: 'agent-1',
  actions: [
    null,
    { causes: [{ shortDescription: 'Started by user Ada', userId: 'ada', userName: 'Ada' }] },
    {
      parameters: [
        { name: 'environment', value: 'production' },
        { name: 'file', value: { path: 'x' } },
        { name: 'password' },
      ],
    },
    {
      lastBuiltRevision: { SHA1: 'abc', branch: [{ name: 'refs/remotes/origin/fix' }] },
      remoteUrls: ['https://github.com/acme/shop.git'],
    },
    { foundFailureCauses: [{ id: '1', name: 'Disk full' }] },
  ],
}

describe("a run that Jenkins's API tells", () => {
  it('is told by one report, its start and its end at once', () => {
    expect(runTold({ fullName: 'acme/shop/PR-12' }, RUN)).toEqual([
      {
        source: 'jenkins',
        payload: {
          ciUrl: 'https://ci.acme.com/jenkins/',
          buildUrl: 'job/acme/job/shop/job/PR-12/3/',
          jobName: 'PR-12',
          fullJobName: 'acme/shop/PR-12',
          number: 3,
          result: 'FAILURE',
          startTime: STARTED,
          endTime: STARTED + 90_000,
          duration: 90_000,
          queueTime: 0,
          buildCause: 'Started by user Ada',
          startedUserId: 'ada',
          startedUserName: 'Ada',
          parameters: { environment: 'production' },
          scmInfo: { url: 'https://github.com/acme/shop.git', branch: 'refs/remotes/origin/fix', commit: 'abc' },
          buildFailureCauses: [{ id: '1', name: 'Disk full' }],
          slaveInfo: { slaveName: 'agent-1' },
        },
      },
    ])
  })

  it('is told as under way while it is', () => {
    const [told] = runTold({ fullName: 'shop' }, { ...RUN, building: true, result: null, duration: 0 })
    expect(told?.payload).toMatchObject({ result: 'INPROGRESS', startTime: STARTED, endTime: STARTED, duration: 0 })
  })

  it('has checked out the repository that its job is called after, and not its shared library', () => {
    const checkouts = ['https://github.com/acme/pipeline-library', 'git@github.com:acme/shop.git'].map((url) => ({
      lastBuiltRevision: { SHA1: url, branch: [{ name: 'detached' }] },
      remoteUrls: [url],
    }))
    expect(checkoutOf(checkouts, 'acme/shop/main')).toEqual({
      url: 'git@github.com:acme/shop.git',
      sha: 'git@github.com:acme/shop.git',
      branch: '',
    })
    expect(checkoutOf(checkouts, 'acme/other')).toBeUndefined()
  })
})
