import type { JsonObject } from '../../../demo/payloads/json.ts'
import { groupBy } from '../../../lib/delivery/group-by.ts'
import { at, text } from './json.ts'
import type { Sent } from './played-world.ts'

/**
 * The runs of a controller as its API tells them, by the full name of their job, the newest first.
 *
 * @param lateMillis how much later than the end the plugin tells it
 */
export const playedJenkins = (
  sent: readonly Sent[],
  ciUrl: string,
  lateMillis = 0,
): ReadonlyMap<string, readonly JsonObject[]> => {
  const own = sent.filter(({ source, body }) => source === 'jenkins' && body.ciUrl === ciUrl)
  const byRun = groupBy(own, ({ body }) => text(body.buildUrl))
  const runs = [...byRun.values()].flatMap((reports) => {
    const start = reports.find(({ body }) => body.result === 'INPROGRESS')?.body
    const end = reports.find(({ body }) => body.result !== 'INPROGRESS')?.body
    return start === undefined || end === undefined
      ? []
      : [{ job: text(end.fullJobName), run: runOf(ciUrl, start, end, lateMillis) }]
  })
  return new Map(
    [...groupBy(runs, ({ job }) => job)].map(([job, all]) => [
      job,
      all.map(({ run }) => run).toSorted((a, b) => Number(b.number) - Number(a.number)),
    ]),
  )
}

const UPSTREAM = /^Started by upstream project "(.+)" build number (\d+)$/

const runOf = (ciUrl: string, start: JsonObject, end: JsonObject, lateMillis: number): JsonObject => {
  const [, upstreamProject, upstreamBuild] = UPSTREAM.exec(text(start.buildCause)) ?? []
  const url = text(at(end, 'scmInfo', 'url'))
  const commit = text(at(end, 'scmInfo', 'commit'))
  return {
    _class: 'org.jenkinsci.plugins.workflow.job.WorkflowRun',
    number: end.number ?? null,
    url: `${ciUrl}${text(end.buildUrl)}`,
    building: false,
    result: end.result ?? null,
    timestamp: start.startTime ?? null,
    duration: Math.max(0, Number(end.endTime) - Number(start.startTime) - lateMillis),
    builtOn: at(start, 'slaveInfo', 'slaveName') as string,
    actions: [
      {
        _class: 'hudson.model.CauseAction',
        causes: [
          {
            shortDescription: start.buildCause ?? null,
            userId: start.startedUserId ?? null,
            userName: start.startedUserName ?? null,
            ...(upstreamProject === undefined ? {} : { upstreamProject, upstreamBuild: Number(upstreamBuild) }),
          },
        ],
      },
      {
        _class: 'hudson.model.ParametersAction',
        parameters: Object.entries(Object(start.parameters)).map(([name, value]) => ({ name, value: text(value) })),
      },
      { _class: 'jenkins.metrics.impl.TimeInQueueAction', queuingDurationMillis: start.queueTime ?? null },
      {},
      ...(url === ''
        ? []
        : [
            {
              _class: 'hudson.plugins.git.util.BuildData',
              lastBuiltRevision: {
                SHA1: commit,
                branch: [{ SHA1: commit, name: at(end, 'scmInfo', 'branch') as string }],
              },
              remoteUrls: [url],
            },
          ]),
      { _class: 'com.sonyericsson.BuildFailureAction', foundFailureCauses: end.buildFailureCauses ?? null },
    ],
  }
}
