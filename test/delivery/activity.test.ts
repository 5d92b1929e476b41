import { isJenkinsRun, runKey } from '../../lib/delivery/activity.ts'

const RUN = 'https://ci.acme.com/job/acme/job/shop/job/PR-12/3/'

describe('the key of a run', () => {
  it.each([
    RUN,
    RUN.slice(0, -1),
    `${RUN}display/redirect`,
    `${RUN}display/redirect?page=tests`,
    `${RUN}console`,
    `${RUN}testReport/junit/`,
    'https://CI.acme.com:443/job/acme/job/shop/job/PR-12/3/consoleFull',
    'https://ci.acme.com/blue/organizations/jenkins/acme%2Fshop/detail/PR-12/3/pipeline',
    'https://ci.acme.com/blue/organizations/jenkins/acme%2Fshop%2FPR-12/detail/PR-12/3/tests',
  ])('is the same whatever page of it is named: %s', (address) => {
    expect(runKey(address)).toBe(`run:${RUN}`)
    expect(isJenkinsRun(address)).toBe(true)
  })

  it.each([
    ['https://ci.acme.com/jenkins/job/123/45/console', 'run:https://ci.acme.com/jenkins/job/123/45/'],
    ['https://ci.acme.com/job/feature%252Fx/7/', 'run:https://ci.acme.com/job/feature%252Fx/7/'],
  ])('keeps the job as it is: %s', (address, key) => {
    expect(runKey(address)).toBe(key)
  })

  it.each([
    ['https://ci.acme.com/job/shop/job/PR-12/display/redirect', false],
    ['https://ci.acme.com/job/shop/', false],
    ['https://circleci.com/gh/acme/shop/12', false],
    ['https://github.com/acme/shop/actions/runs/9/attempts/1', false],
    ['nonsense', false],
  ])('tells a run from what is none: %s', (address, isRun) => {
    expect(isJenkinsRun(address)).toBe(isRun)
  })

  it('leaves an address that is not of Jenkins as it is', () => {
    expect(runKey('https://github.com/acme/shop/actions/runs/9/attempts/1')).toBe(
      'run:https://github.com/acme/shop/actions/runs/9/attempts/1/',
    )
  })
})
