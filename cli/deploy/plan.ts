import type { SecretSetting } from '../../lib/settings/settings.ts'
import { parameterName, type StoredParameter } from '../aws/parameters.ts'
import { MADE } from './secrets.ts'
import type { Params } from './settings.ts'

/** `make` one, `store` what was given, `replace` what is stored with it, `keep` what is stored, go `without`. */
export type SecretStep = 'make' | 'store' | 'replace' | 'keep' | 'without'

/** All that a deployment will do; no value of a secret. */
export interface Plan {
  readonly stage: string
  readonly region: string
  readonly account: string
  readonly isFirst: boolean
  readonly secrets: readonly { readonly name: string; readonly setting: SecretSetting; readonly step: SecretStep }[]
  readonly params: Params
  /** Settings that an older version has deployed, and has not noted. */
  readonly notKnown: readonly string[]
  /** Of the Serverless Framework. */
  readonly arguments: readonly string[]
}

export interface Planned {
  readonly stage: string
  readonly region: string
  readonly account: string
  readonly isFirst: boolean
  readonly stored: ReadonlyMap<SecretSetting, StoredParameter>
  readonly params: Params
  readonly notKnown: readonly string[]
  readonly hasHeaders: boolean
  readonly replacesHeaders: boolean
}

export const planOf = ({ stored, hasHeaders, replacesHeaders, ...of }: Planned): Plan => {
  const step = (setting: SecretSetting): SecretStep => {
    const isMade = MADE.some((made) => made === setting)
    if (stored.has(setting)) return !isMade && hasHeaders && replacesHeaders ? 'replace' : 'keep'
    return isMade ? 'make' : hasHeaders ? 'store' : 'without'
  }
  const settings: readonly SecretSetting[] = [...MADE, 'OTEL_EXPORTER_OTLP_HEADERS']
  return {
    ...of,
    secrets: settings.map((setting) => ({ name: parameterName(of.stage, setting), setting, step: step(setting) })),
    arguments: [
      ...['deploy', '--stage', of.stage, '--region', of.region],
      ...Object.entries(of.params).flatMap(([name, value]) => ['--param', `${name}=${value}`]),
    ],
  }
}

const STEPS: Readonly<Record<SecretStep, string>> = {
  make: 'is made: 32 random bytes',
  store: 'is stored, as it was given',
  replace: 'is replaced by what was given',
  keep: 'is there and stays as it is',
  without: 'is not there, and the backend wants none',
}

/** For people, before it is done. */
export const planText = ({
  stage,
  region,
  account,
  isFirst,
  secrets,
  params,
  notKnown,
  arguments: args,
}: Plan): string =>
  [
    `Stage ${stage} in ${region}, account ${account}: ${isFirst ? 'a first deployment' : 'an update of what is deployed'}.`,
    `Backend: ${params.backend ?? 'as serverless.yml says'}${params['otlp-traces-endpoint'] ? `, ${params['otlp-traces-endpoint']}` : ''}.`,
    ...(notKnown.length === 0
      ? []
      : [
          `What is deployed does not note its ${notKnown.join(', ')}: they become what serverless.yml says, unless --param says more.`,
        ]),
    '',
    ...secrets.map(({ name, step }) => `  ${name} ${STEPS[step]}`),
    '',
    `  serverless ${args.map(shown).join(' ')}`,
  ].join('\n')

const shown = (argument: string): string => (/^[\w./:=@-]+$/.test(argument) ? argument : `'${argument}'`)
