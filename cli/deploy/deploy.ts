import type { SecretSetting } from '../../lib/settings/settings.ts'
import { refusal } from '../../local/refusal.ts'
import type { Aws } from '../aws/aws.ts'
import { interruption } from '../interruption.ts'
import type { Asker } from './ask.ts'
import { headersFor, withBackend } from './choose.ts'
import { deployedSettings, NOTHING_DEPLOYED } from './deployed.ts'
import { type Plan, planOf, planText } from './plan.ts'
import { MADE, newSecret } from './secrets.ts'
import type { RunServerless } from './serverless.ts'
import { type DeployedSettings, effectiveParam, type Params, toldParams, type WrittenParams } from './settings.ts'

/** What the command line says; what it does not say is asked for, or left as it is. */
export interface DeployRequest {
  readonly stage: string
  readonly region: string
  readonly params: Params
  /** `name=value`, comma-separated, as `OTEL_EXPORTER_OTLP_HEADERS` has them. */
  readonly headers?: string
  readonly replacesHeaders: boolean
  readonly isAgreed: boolean
  readonly isDry: boolean
}

export interface DeployDependencies {
  readonly aws: Aws
  /** Undefined where nobody can be asked. */
  readonly ask: Asker | undefined
  readonly serverless: RunServerless
  readonly written: WrittenParams
  readonly randomBytes: (size: number) => Buffer
  readonly tell: (text: string) => void
}

export interface Deployed {
  readonly plan: Plan
  /** Absent after a dry run. */
  readonly outputs?: Readonly<Record<string, string>>
}

/**
 * Makes the secrets that are missing, deploys, and tells where webhooks go. A secret that is there is never overwritten
 * unless that was asked for.
 *
 * @throws Refusal in one sentence; Interruption when whoever was asked does not agree
 */
export const deploy = async (request: DeployRequest, dependencies: DeployDependencies): Promise<Deployed> => {
  const { aws, ask, serverless, tell } = dependencies
  const { account } = await aws.identity()
  const prepared = await prepare(request, account, dependencies)
  const { plan } = prepared
  if (request.isDry) return { plan }
  if (request.isAgreed) tell(`${planText(plan)}\n`)
  else if (ask === undefined) throw refusal('Nobody can be asked here: look at --dry-run, then say --yes.')
  else if (!(await ask.agree(planText(plan)))) throw interruption()
  await storeSecrets(prepared, dependencies)
  const code = await serverless(plan.arguments)
  if (code !== 0)
    throw refusal(`The Serverless Framework has ended with ${code}: what it says above has to be mended first.`)
  const stack = await aws.stack(request.stage)
  if (stack === undefined) throw refusal('The deployment has ended, and there is no stack: is it another region?')
  return { plan, outputs: stack.outputs }
}

interface Prepared {
  readonly plan: Plan
  readonly headers: string | undefined
}

const prepare = async (
  request: DeployRequest,
  account: string,
  { aws, ask, written }: DeployDependencies,
): Promise<Prepared> => {
  const { stage, region } = request
  const [stack, stored] = [
    await aws.stack(stage),
    await aws.parameters.read(stage, [...MADE, 'OTEL_EXPORTER_OTLP_HEADERS'], { decrypted: false }),
  ]
  const deployed = stack === undefined ? NOTHING_DEPLOYED : await deployedSettings(aws, stage, written.default)
  const said = await withBackend(request.params, deployed, written, ask)
  const params = toldParams(said, deployed, written)
  const hasStored = stored.has('OTEL_EXPORTER_OTLP_HEADERS')
  const isOther = stack !== undefined && deployed.params.backend !== effectiveParam('backend', params, written)
  const given = await headersFor(params, { request, written, ask, hasStored, isOther })
  const plan = planOf({
    ...{ stage, region, account, stored, params },
    isFirst: stack === undefined,
    notKnown: stack === undefined ? [] : notKnown(deployed, params, written),
    hasHeaders: given.headers !== undefined,
    replacesHeaders: given.replaces,
  })
  return { plan, headers: given.headers }
}

/** Those of which nobody can tell what the last deployment was told. */
const notKnown = (deployed: DeployedSettings, told: Params, written: WrittenParams): readonly string[] =>
  Object.keys(written.default).filter((name) =>
    [deployed.params, told, written.stage].every((params) => !Object.hasOwn(params, name)),
  )

const storeSecrets = async (
  { plan, headers }: Prepared,
  { aws, randomBytes, tell }: DeployDependencies,
): Promise<void> => {
  for (const { setting, step, name } of plan.secrets) {
    const value = step === 'make' ? made(setting, randomBytes) : headers
    if (step === 'keep' || step === 'without' || value === undefined) continue
    await aws.parameters.put(plan.stage, setting, value, step === 'replace')
    tell(`${name} is stored.`)
  }
}

const made = (setting: SecretSetting, randomBytes: (size: number) => Buffer): string | undefined => {
  const kind = MADE.find((one) => one === setting)
  return kind === undefined ? undefined : newSecret(kind, randomBytes)
}
