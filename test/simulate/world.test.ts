import { DAY, HOUR, MINUTE } from '../../demo/history/time.ts'
import { groupBy } from '../../lib/delivery/group-by.ts'
import { spanIdOf, traceIdOf } from '../../lib/delivery/identity.ts'
import { deliveriesOf } from '../../simulate/deliveries/deliveries.ts'
import { keyOfRun } from '../../simulate/deliveries/keys.ts'
import { scheduleOf } from '../../simulate/deliveries/schedule.ts'
import { strandedOf } from '../../simulate/truth/stranded.ts'
import { truthOf } from '../../simulate/truth/truth.ts'
import { headOf, lastCloseOf } from '../../simulate/world/branches.ts'
import { momentsApart } from '../../simulate/world/moments.ts'
import { activitiesOf, worldOf } from '../../simulate/world/world.ts'

const world = worldOf(7, 2000)
const deliveries = deliveriesOf(world)

const told = (seed: number) => {
  const { arrivals } = scheduleOf(deliveriesOf(worldOf(seed, 100)), seed, 0.1)
  return JSON.stringify(arrivals.map(({ body }) => body()))
}

describe('a world', () => {
  it('is the same for the same seed, to the last byte and in the order of arrival, and another for another', () => {
    expect(told(7)).toBe(told(7))
    expect(told(7)).not.toBe(told(8))
  })

  it('has about as many activities as were asked for, and of everything some', () => {
    expect(activitiesOf(world) / 2000).toBeGreaterThan(0.85)
    expect(activitiesOf(world) / 2000).toBeLessThan(1.15)
    const { pulls, runs, landings, workflowRuns, deployments, issues } = world
    const some = {
      forks: pulls.filter(({ isFork }) => isFork),
      drafts: pulls.filter(({ isDraft }) => isDraft),
      reopenedPulls: pulls.filter(({ changes }) => changes.some(({ kind }) => kind === 'reopened')),
      edited: pulls.filter(({ saysLater }) => saysLater),
      otherBases: pulls.filter(({ base }) => base !== 'main'),
      shared: pulls.filter(({ branch }) => branch.kind === 'words' && branch.name === 'develop'),
      reopenedIssues: issues.filter(({ changes }) => changes.some(({ action }) => action === 'reopened')),
      pushes: landings.filter(({ pull }) => pull === undefined),
      fixes: landings.filter(({ fixes }) => fixes),
      toldTwice: runs.filter(({ plugin, statusSha }) => plugin && statusSha),
      onlyStatuses: runs.filter(({ plugin }) => plugin === undefined),
      downstream: runs.filter(({ upstream }) => upstream),
      marked: runs.filter(({ marked }) => marked),
      attempts: workflowRuns.filter(({ attempt }) => attempt > 1),
      deployments,
    }
    expect(Object.entries(some).filter(([, found]) => found.length === 0)).toEqual([])
  })

  it('gives each place its moments, and none that is near another', () => {
    const moments = momentsApart()
    const [first, second, elsewhere] = [moments('a', 0), moments('a', 1000), moments('b', 0)]
    expect([first, (second ?? 0) >= 5000, elsewhere]).toEqual([0, true, 0])
  })

  it('has one pull request open at a time from a branch, though many share one', () => {
    const large = worldOf(7, 14_000)
    const byHead = [...groupBy(large.pulls, (pull) => headOf(large, pull)).values()].filter(({ length }) => length > 1)
    expect(byHead.length).toBeGreaterThan(80)
    const atOnce = byHead.flatMap((pulls) => {
      const inOrder = pulls.toSorted((a, b) => a.openedMillis - b.openedMillis)
      return inOrder.slice(1).filter(({ openedMillis }, at) => {
        const before = inOrder[at]
        return before !== undefined && openedMillis <= lastCloseOf(before)
      })
    })
    expect(atOnce.map((pull) => headOf(large, pull))).toEqual([])
  })

  it('has names that are unique, and no two landings of a repository near each other', () => {
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(deliveries.length)
    expect(new Set(world.runs.map(keyOfRun)).size).toBe(world.runs.length)
    for (const place of world.places) {
      const times = world.landings.filter((landing) => landing.place === place).map(({ atMillis }) => atMillis)
      const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5000)
    }
  })
})

describe('the truth of all that a world sends', () => {
  const truth = new Map(truthOf(deliveries).map((span) => [span.spanId, span]))

  it('is what its builds were made for', () => {
    const builds = world.runs.flatMap((run) =>
      run.madeFor === undefined ? [] : [{ key: keyOfRun(run), of: run.madeFor }],
    )
    expect(builds.length).toBeGreaterThan(100)
    const wrong = builds.filter(({ key, of }) => {
      const span = truth.get(spanIdOf(key, 1))
      if (of.startsWith('commit:')) return span?.parentSpanId !== undefined || span?.traceId !== traceIdOf(of)
      return ![1, 2, 3].some((episode) => span?.parentSpanId === spanIdOf(of, episode))
    })
    expect(wrong).toEqual([])
  })

  it('has a span of every run, however it ended, and takes nothing back', () => {
    expect(world.runs.filter((run) => !truth.has(spanIdOf(keyOfRun(run), 1)))).toEqual([])
    expect([...strandedOf(deliveries)]).toEqual([])
  })

  it('is the same in whatever order the deliveries come, and however often', () => {
    const { arrivals } = scheduleOf(deliveries, 3, 0)
    const byId = new Map(truthOf([...arrivals, ...arrivals]).map((span) => [span.spanId, span]))
    expect([...byId.keys()].sort()).toEqual([...truth.keys()].sort())
    const sorted = (span: { readonly links: readonly object[] } | undefined) =>
      JSON.stringify({ ...span, links: (span?.links ?? []).map((link) => JSON.stringify(link)).sort() })
    expect([...truth].filter(([id, span]) => sorted(byId.get(id)) !== sorted(span))).toEqual([])
  })

  it('says nothing that the payload does not say', () => {
    const dates = new Set(['createdMillis', 'reopenedMillis'])
    for (const { telling, body } of deliveries.slice(0, 4000)) {
      if (telling === undefined) continue
      const text = JSON.stringify(body())
      const millis = Object.entries(telling).flatMap(([name, value]) => (dates.has(name) ? [Number(value)] : []))
      if (telling.kind === 'issue' || telling.kind === 'pull_request') {
        const ends = telling.ended === undefined ? [] : [telling.ended.atMillis]
        for (const time of [...millis, ...ends]) expect(text).toContain(new Date(time).toISOString().slice(0, 19))
      } else if ('sha' in telling && telling.sha !== undefined) expect(text).toContain(telling.sha)
    }
  })
})

describe('what arrives', () => {
  it('is all of it, some twice and out of order, where nothing is lost', () => {
    const { arrivals, survivors, lost, repeated } = scheduleOf(deliveries, 7, 0)
    expect([survivors.length, lost, arrivals.length]).toEqual([deliveries.length, 0, deliveries.length + repeated])
    expect(new Set(arrivals)).toEqual(new Set(deliveries))
    expect(repeated / deliveries.length).toBeGreaterThan(0.02)
  })

  it('comes mostly soon after it was sent, sometimes a day after what was sent later', () => {
    const { arrivals } = scheduleOf(deliveries, 7, 0)
    const lags = arrivals.map((_, at) => {
      const before = arrivals.slice(Math.max(0, at - 50), at).map(({ atMillis }) => atMillis)
      return Math.max(0, ...before) - (arrivals[at]?.atMillis ?? 0)
    })
    const share = (millis: number) => lags.filter((lag) => lag > millis).length / lags.length
    expect([share(MINUTE) < 0.35, share(HOUR) > 0.02, share(DAY) > 0.003]).toEqual([true, true, true])
  })

  it('lacks about the share that is to be lost, and is otherwise the same', () => {
    const whole = scheduleOf(deliveries, 7, 0)
    const { arrivals, survivors, lost } = scheduleOf(deliveries, 7, 0.05)
    expect(lost / deliveries.length).toBeGreaterThan(0.03)
    expect(lost / deliveries.length).toBeLessThan(0.07)
    expect(new Set(arrivals)).toEqual(new Set(survivors))
    expect(arrivals).toEqual(whole.arrivals.filter((delivery) => survivors.includes(delivery)))
  })
})
