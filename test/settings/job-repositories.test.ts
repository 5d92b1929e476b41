import { jobRepositories } from '../../lib/settings/job-repositories.ts'

const shop = { host: 'github.com', owner: 'acme', name: 'shop' }

describe('the repositories of Jenkins jobs', () => {
  it.each([
    ['shop-deploy', 'shop-deploy=Acme/Shop', shop],
    ['shop-deploy-2', 'shop-deploy=acme/shop', undefined],
    ['legacy/shop/main', 'legacy/*=acme/shop', shop],
    ['legacy', 'legacy/*=acme/shop', undefined],
    ['a/deploy-shop-eu', '*deploy*-eu = acme/shop', undefined],
    ['a/deploy-shop-eu', '*deploy*-eu=acme/shop', shop],
    ['ab', 'ab*b=acme/shop', undefined],
    ['abb', 'ab*b=acme/shop', shop],
    ['anything', 'x=acme/other, *=acme/shop, anything=acme/later', shop],
    ['x', 'x=ghe.acme.com:8443/acme/shop', { ...shop, host: 'ghe.acme.com:8443' }],
    ['x', undefined, undefined],
  ])('%s by %s', (job, setting, expected) => {
    const read = () => jobRepositories(setting, 'github.com')(job)
    if (setting?.includes(' = ')) expect(read).toThrow('JENKINS_JOB_REPOSITORIES has an entry that is not')
    else expect(read()).toEqual(expected)
  })

  it.each(['shop-deploy', 'shop-deploy=shop', '=acme/shop', 'a=b/c/d/e'])('refuses %s', (setting) => {
    expect(() => jobRepositories(setting, 'github.com')).toThrow(
      'JENKINS_JOB_REPOSITORIES has an entry that is not <job>=<owner>/<repository>: set it to <job>=<owner>/<repository>, comma-separated, where * in a job stands for anything.',
    )
  })
})
