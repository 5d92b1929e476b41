import fc from 'fast-check'
import { affectedBy } from '../../lib/delivery/affected.ts'
import { cargoOf } from '../../lib/delivery/cargo.ts'
import { type MainlineEntry, TOLD_APART_MILLIS } from '../../lib/delivery/mainline.ts'
import { deploy, merge, pushAlone, pushOf } from './mainline-entries.ts'

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
