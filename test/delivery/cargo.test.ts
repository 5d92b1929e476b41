import { cargoOf, isEnough } from '../../lib/delivery/cargo.ts'
import { type DeploymentEntry, type LandingEntry, TOLD_APART_MILLIS } from '../../lib/delivery/mainline.ts'
import { deploy, merge, push, pushOf } from './mainline-entries.ts'

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

it('enough of the mainline is read when the deploy before, its commit and the own are known, and more than that', () => {
  const own = deploy(TOLD_APART_MILLIS + 40, 'm3')
  const at = (entry: LandingEntry): LandingEntry => ({ ...entry, atMillis: TOLD_APART_MILLIS + entry.atMillis })
  const entries = [at(merge(3, 30)), deploy(TOLD_APART_MILLIS + 25, 'm1'), at(merge(2, 20)), at(merge(1, 10))]
  expect(entries.map((_, index) => isEnough(own, entries.slice(0, index + 1)))).toEqual([false, false, false, false])
  expect(isEnough(own, [...entries, push('older', 5)])).toBe(true)
})
