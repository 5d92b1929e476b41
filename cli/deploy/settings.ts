import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod/mini'

/** Settings of a deployment by their names in serverless.yml. */
export type Params = Readonly<Record<string, string>>

/** What a stack was deployed with. */
export interface DeployedSettings {
  readonly params: Params
  /** What serverless.yml said of all stages at that time: a param that differs was told. */
  readonly defaults: Params
}

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
export const toldParams = (said: Params, { params, defaults }: DeployedSettings, written: WrittenParams): Params => {
  const isOther = said.backend !== undefined && said.backend !== params.backend
  const kept = Object.entries(params).filter(
    ([name, value]) =>
      value !== (defaults[name] ?? '') &&
      // Another version may know it no more.
      Object.hasOwn(written.default, name) &&
      !Object.hasOwn(written.stage, name) &&
      !(isOther && name === 'otlp-traces-endpoint'),
  )
  return { ...Object.fromEntries(kept), ...said }
}

/** What will be so, for those who are asked. */
export const effectiveParam = (name: string, told: Params, written: WrittenParams): string =>
  told[name] ?? written.stage[name] ?? written.default[name] ?? ''
