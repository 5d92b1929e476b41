import { release } from '../payloads/events.ts'
import { eventOf, translated } from './translated.ts'

const NOON = 1_772_366_400_000

describe('an event that says which run of Jenkins it is', () => {
  const run = (more: object) => translated(release({ type: 'build', source: 'jenkins', id: 'shop#7', ...more }))
  const malformed = (reason: string) => ({ kind: 'malformed', reason })

  it('is the activity that the plugins report, whatever page of the run is named', () => {
    const pages = ['https://ci.acme.com/job/shop/7/', 'https://bob:pw@ci.acme.com/job/shop/7/display/redirect?page=x']
    expect(pages.map((page) => eventOf(release({ type: 'deploy', run: page })).key)).toEqual([
      'run:https://ci.acme.com/job/shop/7/',
      'run:https://ci.acme.com/job/shop/7/',
    ])
  })

  it('has its end give way to the one that Jenkins itself reports', () => {
    const address = 'https://ci.acme.com/job/shop/7/'
    const end = (more: object) => eventOf(release({ type: 'build', started: NOON - 1000, ...more })).ended
    expect([end({ run: address }), end({ url: address })]).toEqual([
      { atMillis: NOON, certainty: 'derived', result: 'success' },
      { atMillis: NOON, certainty: 'reported', result: 'success' },
    ])
  })

  it('keeps its parameters as those of a build, but for what speaks of a secret', () => {
    const { attributes } = eventOf(release({ type: 'deploy', parameters: { deploy_type: 'ami', api_key: 'hunter2' } }))
    expect(Object.entries(attributes).filter(([name]) => name.startsWith('build.parameter.'))).toEqual([
      ['build.parameter.deploy_type', 'ami'],
    ])
  })

  it('is refused where it names no run, or a pull request of no repository', () => {
    expect([
      run({ run: 'https://ci.acme.com/job/shop/' }),
      translated(release({ run: 'https://ci.acme.com/job/shop/7/' })),
      run({ change: 34 }),
      run({ change: 'main', repository: 'acme/shop' }),
    ]).toEqual([
      malformed('the field run is not the address of a run of Jenkins, such as …/job/shop/7/'),
      malformed('the field run belongs to the types build and deploy alone'),
      malformed('the field change is a number in a repository, so say the repository as well'),
      malformed('the field change is not the number of a pull request'),
    ])
  })
})
