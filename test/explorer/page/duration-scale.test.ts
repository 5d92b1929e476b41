import { durationScaleOf } from '../../../explorer/page/chart/duration-scale.ts'

const [MINUTE, DAY] = [60_000, 86_400_000]

it.each([
  ['minutes', [3 * MINUTE, 33 * MINUTE], { interval: 10 * MINUTE, max: 40 * MINUTE }],
  ['days', [null, 13 * DAY], { interval: 5 * DAY, max: 15 * DAY }],
  ['nothing at all', [null], { interval: 1000, max: 1000 }],
  ['years', [8 * 365 * DAY], { interval: 2 * 365 * DAY, max: 8 * 365 * DAY }],
] as const)('has its lines at round durations: %s', (_what, values, scale) => {
  expect(durationScaleOf(values)).toEqual(scale)
})
