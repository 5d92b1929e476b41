import * as z from 'zod/mini'
import type { Aws } from '../aws/aws.ts'
import type { DeployedSettings, Params } from './settings.ts'

export const NOTHING_DEPLOYED: DeployedSettings = { params: {}, defaults: {} }

const PARAMS = z.pipe(
  z.record(z.string(), z.union([z.string(), z.number()])),
  z.transform((params) => Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))),
)
const TEMPLATE = z.object({
  Metadata: z.object({ ValueStream: z.object({ params: PARAMS, defaults: PARAMS }) }),
})

/** As `infra/settings.yml` has the template note it; undefined where it notes none. */
export const settingsIn = (template: unknown): DeployedSettings | undefined =>
  z.safeParse(TEMPLATE, template).data?.Metadata.ValueStream

/**
 * The settings of the stack of a stage.
 *
 * @param defaults what serverless.yml says now, which is taken to be what it said where the template notes nothing
 * @throws Refusal when AWS cannot tell
 */
export const deployedSettings = async (aws: Aws, stage: string, defaults: Params): Promise<DeployedSettings> =>
  settingsIn(await aws.template(stage)) ?? { params: await functionsParams(aws, stage), defaults }

/** Which function is told which setting by which variable. */
const TOLD = {
  backend: ['github', 'BACKEND_PROFILE'],
  'otlp-traces-endpoint': ['github', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'],
  'otlp-timeout-millis': ['github', 'OTEL_EXPORTER_OTLP_TIMEOUT'],
  'otlp-compression': ['github', 'OTEL_EXPORTER_OTLP_COMPRESSION'],
  'github-host': ['github', 'GITHUB_HOST'],
  'jenkins-job-repositories': ['github', 'JENKINS_JOB_REPOSITORIES'],
  'github-hooks': ['redeliver', 'GITHUB_HOOKS'],
  'trace-comments': ['comment', 'TRACE_COMMENTS'],
  'trace-url': ['comment', 'TRACE_URL'],
} as const

/** Of a stack that was deployed before its template noted them: what its functions are told. */
const functionsParams = async (aws: Aws, stage: string): Promise<Params> => {
  const names = [...new Set(Object.values(TOLD).map(([of]) => of))]
  const environments = new Map(
    await Promise.all(names.map(async (name) => [name, await aws.environment(stage, name)] as const)),
  )
  return Object.fromEntries(
    Object.entries(TOLD).flatMap(([name, [of, variable]]) => {
      const value = environments.get(of)?.[variable]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
