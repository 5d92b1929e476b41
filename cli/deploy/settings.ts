import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod/mini'

/** Settings of a deployment by their names in serverless.yml. */
export type Params = Readonly<Record<string, string>>

/** Which function is told which setting by which variable, so that the next deployment can keep it. */
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

/** The functions that tell what the last deployment was told. */
export const TELLING = [...new Set(Object.values(TOLD).map(([of]) => of))]

/** What the deployed functions are told, by the environment of each. */
export const deployedParams = (environments: ReadonlyMap<string, Params>): Params =>
  Object.fromEntries(
    Object.entries(TOLD).flatMap(([name, [of, variable]]) => {
      const value = environments.get(of)?.[variable]
      return value === undefined ? [] : [[name, value]]
    }),
  )

const FILE = z.object({ params: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]))) })

/** What serverless.yml says, for all stages and for this one. */
export interface WrittenParams {
  readonly default: Params
  readonly stage: Params
}

export const writtenParams = (folder: string, stage: string): WrittenParams => {
  const { params } = z.parse(FILE, parse(readFileSync(join(folder, 'serverless.yml'), 'utf8')))
  const of = (name: string): Params =>
    Object.fromEntries(Object.entries(params[name] ?? {}).map(([key, value]) => [key, String(value)]))
  return { default: of('default'), stage: stage === 'default' ? {} : of(stage) }
}

/**
 * What is told to the Serverless Framework: what was said now; and what the last deployment was told, where serverless.yml
 * says nothing of this stage, so that it is not lost. With another backend its address is not kept.
 */
export const toldParams = (said: Params, deployed: Params, written: WrittenParams): Params => {
  const isOther = said.backend !== undefined && said.backend !== deployed.backend
  const kept = Object.entries(deployed).filter(
    ([name, value]) =>
      !Object.hasOwn(written.stage, name) &&
      value !== (written.default[name] ?? '') &&
      !(isOther && name === 'otlp-traces-endpoint'),
  )
  return { ...Object.fromEntries(kept), ...said }
}

/** What will be so, for those who are asked. */
export const effectiveParam = (name: string, told: Params, written: WrittenParams): string =>
  told[name] ?? written.stage[name] ?? written.default[name] ?? ''
