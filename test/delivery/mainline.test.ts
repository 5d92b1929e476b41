import fc from 'fast-check'
import { commitKey, pullRequestKey, repository } from '../../lib/delivery/activity.ts'
import { decide } from '../../lib/delivery/decide.ts'
import { NOTHING_KNOWN } from '../../lib/delivery/explain.ts'
import {
  affectedBy,
  cargoOf,
  type DeploymentEntry,
  isEnough,
  type LandingEntry,
  type MainlineEntry,
  placeOf,
  TOLD_APART_MILLIS,
} from '../../lib/delivery/mainline.ts'
import { CLOSED_MILLIS, opened } from '../support/events.ts'

const SHOP = repository('github.com', 'acme', 'shop')
const merge = (number: number, atMillis: number): LandingEntry => ({
  kind: 'landing',
  key: pullRequestKey(SHOP, number),
  atMillis,
  sha: `m${number}`,
  traceId: `t${number}`,
  spanId: `s${number}`,
})
const push = (sha: string, atMillis: number): LandingEntry => ({
  kind: 'landing',
  key: commitKey(SHOP, sha),
  atMillis,
  sha,
  traceId: `t${sha}`,
})
const pushAlone = (number: number, atMillis: number): LandingEntry => push(`m${number}`, atMillis)
/** A push whose commit belongs to a pull request. */
const pushOf = (number: number, atMillis: number): LandingEntry => ({
  ...push(`m${number}`, atMillis),
  spanId: `s${number}`,
  pull: pullRequestKey(SHOP, number),
})
const deploy = (atMillis: number, sha: string | undefined, more: Partial<DeploymentEntry> = {}): DeploymentEntry => ({
  kind: 'deployment',
  key: `run:${atMillis}`,
  atMillis,
  environment: 'production',
  ...(sha === undefined ? {} : { sha }),
  succeeded: true,
  ...more,
})
const carried = (of: DeploymentEntry, ...mainline: readonly (LandingEntry | DeploymentEntry)[]) =>
  cargoOf(of, [...mainline, of]).carried.map(({ sha }) => sha)

describe('what a deploy carries', () => {
  const merges = [merge(1, 10), merge(2, 20), merge(3, 30)]

  it('is what was merged after the commit that was deployed successfully before, up to its own', () => {
    expect(carried(deploy(40, 'm3'), ...merges, deploy(15, 'm1'))).toEqual(['m2', 'm3'])
    expect(carried(deploy(40, 'm2'), ...merges, deploy(15, 'm1'))).toEqual(['m2'])
  })

  it('looks past what failed and past what went elsewhere', () => {
    const failed = deploy(25, 'm2', { succeeded: false })
    const staged = deploy(26, 'm2', { environment: 'staging' })
    expect(carried(deploy(40, 'm3'), ...merges, deploy(15, 'm1'), failed, staged)).toEqual(['m2', 'm3'])
  })

  it('looks past a deploy of a commit that never came onto the default branch', () => {
    expect(carried(deploy(40, 'm3'), ...merges, deploy(15, 'm1'), deploy(25, 'branch'))).toEqual(['m2', 'm3'])
  })

  it('is nothing when nothing is known to have been deployed there before, or its own commit has not landed', () => {
    expect(carried(deploy(40, 'm3'), ...merges)).toEqual([])
    expect(carried(deploy(40, 'branch'), ...merges, deploy(15, 'm1'))).toEqual([])
  })

  it('goes by the starts where no commit is named', () => {
    expect(carried(deploy(40, undefined), ...merges, deploy(15, undefined))).toEqual(['m2', 'm3'])
  })

  it('leaves out what was pushed without a pull request, but counts from it', () => {
    expect(carried(deploy(40, 'm3'), ...merges, push('p', 25), deploy(26, 'p'))).toEqual(['m3'])
    expect(carried(deploy(40, 'p'), ...merges, push('p', 35), deploy(15, 'm1'))).toEqual(['m2', 'm3'])
  })

  it('is a pull request too whose merge only its push tells, and each one once', () => {
    const mainline = [merge(1, 10), pushOf(2, 20), pushOf(3, 29), merge(3, 30), deploy(15, 'm1')]
    const { carried: brought } = cargoOf(deploy(40, 'm3'), mainline)
    expect(brought).toEqual([pushOf(2, 20), { ...merge(3, 30), atMillis: 29 }])
  })

  it('does not bring again what its push told before its merge', () => {
    expect(carried(deploy(40, 'm3'), pushOf(2, 20), merge(2, 22), merge(3, 30), deploy(35, 'm2'))).toEqual(['m3'])
  })

  it('is bounded to the hundred merged last', () => {
    const many = Array.from({ length: 120 }, (_, index) => merge(index + 1, 1000 + index))
    const found = carried(deploy(5000, 'm120'), ...many, merge(999, 1), deploy(2, 'm999'))
    expect([found.length, found[0], found.at(-1)]).toEqual([100, 'm21', 'm120'])
  })
})

it('looks past the place that the deploy itself has had before', () => {
  const own = deploy(40, 'm3')
  expect(carried(own, merge(1, 10), deploy(15, 'm1'), merge(3, 30), { ...own, atMillis: 35 })).toEqual(['m3'])
})

describe('a rollback', () => {
  const mainline = [merge(1, 10), merge(2, 20), deploy(15, 'm1'), deploy(25, 'm2')]
  const isRollback = (of: DeploymentEntry, among: readonly (LandingEntry | DeploymentEntry)[]) =>
    cargoOf(of, among).rollback

  it('deploys an older commit than the deploy before it', () => {
    expect(isRollback(deploy(40, 'm1'), mainline)).toBe(true)
    expect(isRollback(deploy(40, 'm2'), mainline)).toBe(false)
    expect(isRollback(deploy(40, 'm1', { environment: 'staging' }), mainline)).toBe(false)
  })

  it('deploys an older commit than had landed when a deploy that names none began', () => {
    const unnamed = [merge(1, 10), merge(2, 20), deploy(25, undefined), merge(3, 30)]
    expect(isRollback(deploy(40, 'm1'), unnamed)).toBe(true)
    expect(isRollback(deploy(40, 'm2'), unnamed)).toBe(false)
    expect(isRollback(deploy(40, 'm3'), unnamed)).toBe(false)
  })

  it('is told by repetition where nothing is known of the commits', () => {
    const unknown = [deploy(15, 'x'), deploy(25, 'y')]
    expect(isRollback(deploy(40, 'x'), unknown)).toBe(true)
    expect(isRollback(deploy(40, 'y'), unknown)).toBe(false)
    expect(isRollback(deploy(40, 'z'), unknown)).toBe(false)
    expect(isRollback(deploy(40, undefined), unknown)).toBe(false)
  })

  it('is over with the next deploy, which brings again what was taken back', () => {
    const after = [...mainline, deploy(40, 'm1')]
    expect(cargoOf(deploy(50, 'm2'), after)).toEqual({ carried: [merge(2, 20)], rollback: false })
  })
})

describe('who is affected', () => {
  it('by a merge: the deploys after it, up to the next that surely has it, in each environment', () => {
    const later = [
      merge(3, 30),
      deploy(31, 'm1'),
      deploy(32, 'm3', { succeeded: false }),
      deploy(33, 'm3'),
      deploy(34, 'm3', { environment: 'staging' }),
      deploy(35, 'm3'),
    ]
    expect([...affectedBy(merge(2, 20), later)].sort()).toEqual(['run:31', 'run:32', 'run:33', 'run:34'])
    expect([...affectedBy(merge(3, 30), later)].sort()).toEqual(['run:31', 'run:32', 'run:33', 'run:34', 'run:35'])
  })

  it('by a merge that places a deploy: also the deploy after that one, which counts from it', () => {
    const later = [deploy(32, 'm3'), merge(4, 33), deploy(34, 'm4'), deploy(35, 'm4')]
    expect([...affectedBy(merge(3, 30), later)].sort()).toEqual(['run:32', 'run:34'])
  })

  it('by a merge that places a deploy that overtook a newer one: also the deploy after it', () => {
    const later = [merge(4, 31), deploy(33, 'm4'), deploy(34, 'm3'), merge(5, 35), deploy(36, 'm5'), deploy(37, 'm5')]
    expect([...affectedBy(merge(3, 30), later)].sort()).toEqual(['run:33', 'run:34', 'run:36'])
  })

  it('by a deploy: those to the same environment after it, up to the next successful, and those of the same commit', () => {
    const later = [
      merge(3, 30),
      deploy(32, 'm3'),
      deploy(33, 'm3'),
      deploy(34, 'm1'),
      deploy(35, 'm3', { environment: 'x' }),
    ]
    expect([...affectedBy(deploy(15, 'm1'), later)].sort()).toEqual(['run:32', 'run:34'])
  })

  it('is whoever brings something else with an entry than without it, whatever the mainline', () => {
    const commit = fc.integer({ min: 0, max: 5 })
    const minutes = fc.integer({ min: 0, max: 40 }).map((times) => times * 3 * 60_000)
    const apart = fc.integer({ min: 0, max: TOLD_APART_MILLIS / 2 })
    const landing = (landedAt: readonly number[]) =>
      fc
        .tuple(commit, apart, fc.constantFrom(merge, pushOf, pushAlone))
        .map(([number, late, tell]) => tell(number, (landedAt[number] ?? 0) + late))
    const deployment = fc
      .tuple(minutes, fc.option(commit), fc.boolean(), fc.constantFrom('production', 'staging'))
      .map(([atMillis, number, succeeded, environment]) =>
        deploy(atMillis, number === null ? undefined : `m${number}`, { succeeded, environment }),
      )
    const world = fc
      .array(minutes, { minLength: 6, maxLength: 6 })
      .chain((landedAt) =>
        fc.tuple(
          fc.array(landing(landedAt), { maxLength: 8 }),
          fc.uniqueArray(deployment, { maxLength: 10, selector: ({ key }) => key }),
          fc.oneof(landing(landedAt), deployment),
        ),
      )
    fc.assert(
      fc.property(world, ([landings, deploys, entry]) => {
        const others = [...landings, ...deploys].filter(({ key }) => key !== entry.key)
        const bring = (mainline: readonly MainlineEntry[]) =>
          new Map(
            deploys
              .filter(({ key }) => key !== entry.key)
              .map((one) => {
                const before = mainline.filter(({ atMillis }) => atMillis <= one.atMillis)
                return [one.key, JSON.stringify(cargoOf(one, before))]
              }),
          )
        const [without, having] = [bring(others), bring([...others, entry])]
        const changed = [...without.keys()].filter((key) => without.get(key) !== having.get(key))
        const later = others.filter(({ atMillis }) => atMillis >= entry.atMillis - TOLD_APART_MILLIS)
        expect(affectedBy(entry, later)).toEqual(expect.arrayContaining(changed))
      }),
      { numRuns: 3000 },
    )
  })
})

it('enough of the mainline is read when the deploy before, its commit and the own are known, and more than that', () => {
  const own = deploy(TOLD_APART_MILLIS + 40, 'm3')
  const at = (entry: LandingEntry): LandingEntry => ({ ...entry, atMillis: TOLD_APART_MILLIS + entry.atMillis })
  const entries = [at(merge(3, 30)), deploy(TOLD_APART_MILLIS + 25, 'm1'), at(merge(2, 20)), at(merge(1, 10))]
  expect(entries.map((_, index) => isEnough(own, entries.slice(0, index + 1)))).toEqual([false, false, false, false])
  expect(isEnough(own, [...entries, push('older', 5)])).toBe(true)
})

describe('the place in the mainline', () => {
  const place = (event: Parameters<typeof decide>[2]) => placeOf(decide(undefined, NOTHING_KNOWN, event).context)

  it('of a merged pull request is the time of its merge', () => {
    const key = pullRequestKey(SHOP, 3)
    const landed = { sha: 'abc', atMillis: CLOSED_MILLIS }
    expect(place({ ...opened, key, operation: 'pull_request', landed })).toMatchObject({
      repository: 'github.com/acme/shop',
      entry: { kind: 'landing', key, atMillis: CLOSED_MILLIS, sha: 'abc', spanId: expect.any(String) },
    })
  })

  it('of a push is that of the pull request that it belongs to', () => {
    const landed = { sha: 'abc', atMillis: CLOSED_MILLIS }
    const { context } = decide(undefined, NOTHING_KNOWN, {
      ...opened,
      key: commitKey(SHOP, 'abc'),
      operation: 'commit',
      landed,
    })
    const parent = {
      via: 'x',
      key: pullRequestKey(SHOP, 3),
      traceId: 't',
      spanId: 's',
      reason: 'pull_request_number',
    } as const
    const entry = { kind: 'landing', key: commitKey(SHOP, 'abc'), atMillis: CLOSED_MILLIS, sha: 'abc' }
    const { traceId } = context
    expect(placeOf(context)?.entry).toEqual({ ...entry, traceId })
    expect(placeOf({ ...context, parent })?.entry).toEqual({ ...entry, traceId, spanId: 's', pull: parent.key })
    expect(placeOf({ ...context, parent: { ...parent, key: 'issue:x#1' } })?.entry).toEqual({ ...entry, traceId })
  })

  it('of a deploy is its start, and none where no repository is known', () => {
    const about = {
      'vcs.repository.url.full': 'https://GitHub.com/Acme/Shop',
      'vcs.owner.name': 'Acme',
      'vcs.repository.name': 'Shop',
      'scm.head.sha': 'ABC',
      'build.parameter.env': 'production',
    } as const
    const event = { ...opened, key: 'run:https://ci/job/x/1/', operation: 'deploy', attributes: about }
    expect(place(event)).toEqual({
      repository: 'github.com/acme/shop',
      entry: {
        kind: 'deployment',
        key: event.key,
        atMillis: opened.opened.atMillis,
        environment: 'production',
        sha: 'abc',
        succeeded: false,
      },
    })
    expect(place({ ...event, attributes: {} })).toBeUndefined()
    expect(place({ ...event, operation: 'build' })).toBeUndefined()
  })
})
