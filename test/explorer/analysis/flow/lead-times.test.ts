import fc from 'fast-check'
import { LEAD_TIMES } from '../../../../explorer/analysis/flow/lead-times.ts'
import type { SpanRecord } from '../../../../explorer/warehouse/span-record.ts'
import { link, span, withWarehouse } from '../../spans.ts'
import { leadTimesOf } from '../reference/lead-times.ts'

const told = (samples: readonly { readonly atMillis: number; readonly millis: number }[]): readonly string[] =>
  samples.map(({ atMillis, millis }) => `at ${atMillis}: ${millis}`).sort()

const inDatabase = (before: readonly SpanRecord[], after: readonly SpanRecord[]): Promise<readonly string[]> =>
  withWarehouse(before, async (warehouse) => {
    await warehouse.index()
    await warehouse.put(after)
    await warehouse.index()
    const rows = await warehouse.query(
      `SELECT epoch_ms(there_time) AS at, epoch_ms(there_time) - epoch_ms(first_start) AS millis FROM (${LEAD_TIMES})`,
    )
    return told(rows.map(({ at, millis }) => ({ atMillis: Number(at), millis: Number(millis) })))
  })

/** Each opening of a pull request is a span of its own, in a trace of its own. */
const pulls = fc.array(fc.record({ startMillis: fc.integer({ min: 0, max: 50 }), key: fc.constantFrom('p', 'q') }), {
  minLength: 1,
  maxLength: 5,
})
const deploys = fc.array(
  fc.record({
    startMillis: fc.integer({ min: 0, max: 50 }),
    isError: fc.boolean(),
    isRollback: fc.boolean(),
    above: fc.integer({ min: 0, max: 5 }),
    isBelowBuild: fc.boolean(),
    links: fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('carried', 'caused_by')), {
      maxLength: 3,
    }),
  }),
  { maxLength: 8 },
)

test('the database finds the lead times that the deploys and pull requests tell, whichever comes first', async () => {
  await fc.assert(
    fc.asyncProperty(pulls, deploys, fc.boolean(), async (opened, run, isDeployFirst) => {
      const changes = opened.map(({ key }, at) => ({
        spanId: `p${at}`,
        key,
        startMillis: Math.min(...opened.filter((one) => one.key === key).map((one) => one.startMillis)),
        groups: [],
        isCounted: true,
      }))
      const bringing = run.map(({ startMillis, isError, isRollback, above, links }, at) => ({
        spanId: `d${at}`,
        place: '',
        startMillis,
        endMillis: startMillis + 10,
        isError,
        isRollback,
        changes: [`p${above}`, ...links.flatMap(([to, reason]) => (reason === 'carried' ? [`p${to}`] : []))],
        groups: [],
        isCounted: true,
      }))
      const pullSpans = opened.map(({ startMillis, key }, at) =>
        span(`p${at}`, 'pull_request', startMillis, 60, {
          traceId: `t${at}`,
          attributes: { 'valuestream.activity.key': key, 'valuestream.episode': at + 1 },
        }),
      )
      const runSpans = run.flatMap(({ startMillis, isError, isRollback, above, isBelowBuild, links }, at) => [
        span(`b${at}`, 'build', startMillis, startMillis + 1, { traceId: `t${above}`, parentSpanId: `p${above}` }),
        span(`d${at}`, 'deploy', startMillis, startMillis + 10, {
          traceId: `t${above}`,
          parentSpanId: isBelowBuild ? `b${at}` : `p${above}`,
          isError,
          attributes: { 'deployment.rollback': isRollback },
          links: links.map(([to, reason]) => link(`p${to}`, reason, `t${to}`)),
        }),
      ])
      const [before, after] = isDeployFirst ? [runSpans, pullSpans] : [pullSpans, runSpans]
      expect(await inDatabase(before, after)).toEqual(told(leadTimesOf(bringing, changes)))
    }),
    { numRuns: 12 },
  )
})
