import { translated } from './translated.ts'

it.each([
  ['queue', { ciUrl: 'https://ci.acme.com/', jobName: 'shop', entryTime: 0, jenkinsQueueId: 7, queueCauses: [] }],
  ['job', { ciUrl: 'https://ci.acme.com/', name: 'shop', jobUrl: 'job/shop/', status: 'ACTIVE', configFile: '' }],
  ['build step', { buildUrl: 'job/shop/3/', buildStepType: 'Shell', buildStepId: 'a', startTime: 0, endTime: 0 }],
  ['checkout', { buildUrl: 'job/shop/3/', startTime: 1_557_933_700_000, endTime: 0 }],
])("ignores the Statistics Gatherer's report on a %s, which comes unasked over a topic", (_what, payload) => {
  expect(translated(payload)).toEqual({
    kind: 'ignored',
    reason: "neither the Statistics Gatherer's build events nor the Notification plugin's",
  })
})

it('ignores what is of neither plugin', () => {
  const ignored = {
    kind: 'ignored',
    reason: "neither the Statistics Gatherer's build events nor the Notification plugin's",
  }
  expect([{}, [], null, 'text', { scmUrl: 'x' }].map((payload) => translated(payload))).toEqual([
    ignored,
    ignored,
    ignored,
    ignored,
    ignored,
  ])
})
