import { GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import type { SecretSetting } from '../../lib/settings/settings.ts'
import { orRefuse } from './problem.ts'

/** Which parameter holds which secret, below `/valuestream/<stage>/`: as in `infra/secrets.yml`, to which a test holds it. */
export const PARAMETERS = {
  GITHUB_WEBHOOK_SECRET: 'github-webhook-secret',
  JENKINS_WEBHOOK_TOKEN: 'jenkins-webhook-token',
  EVENTS_WEBHOOK_SECRET: 'events-webhook-secret',
  OTEL_EXPORTER_OTLP_HEADERS: 'otlp-headers',
  GITHUB_TOKEN: 'github-token',
} as const satisfies Readonly<Record<SecretSetting, string>>

export const SECRET_SETTINGS = Object.keys(PARAMETERS) as readonly SecretSetting[]

export const parameterName = (stage: string, setting: SecretSetting): string =>
  `/valuestream/${stage}/${PARAMETERS[setting]}`

/** Of a parameter that is there; `value` only where it was asked for. */
export interface StoredParameter {
  readonly type: string
  readonly value?: string
}

export interface Parameters {
  /** Those of the stage that are there. Takes ssm:GetParameters, and to decrypt them kms:Decrypt. @throws Refusal */
  readonly read: (
    stage: string,
    settings: readonly SecretSetting[],
    how: { readonly decrypted: boolean },
  ) => Promise<ReadonlyMap<SecretSetting, StoredParameter>>
  /** Stores it encrypted. Takes ssm:PutParameter. @throws Refusal, also when it is there and not to be overwritten */
  readonly put: (stage: string, setting: SecretSetting, value: string, overwrite: boolean) => Promise<void>
}

export const ssmParameters = (client = new SSMClient({})): Parameters => ({
  read: (stage, settings, { decrypted }) =>
    orRefuse(`The parameters of the stage ${stage} cannot be read`, async () => {
      const names = new Map(settings.map((setting) => [parameterName(stage, setting), setting]))
      const { Parameters: found = [] } = await client.send(
        new GetParametersCommand({ Names: [...names.keys()], WithDecryption: decrypted }),
      )
      return new Map(
        found.flatMap(({ Name = '', Type = '', Value }) => {
          const setting = names.get(Name)
          const value = decrypted && Value !== undefined ? { value: Value } : {}
          return setting === undefined ? [] : [[setting, { type: Type, ...value }] as const]
        }),
      )
    }),
  put: (stage, setting, value, overwrite) =>
    orRefuse(`The parameter ${parameterName(stage, setting)} cannot be stored`, async () => {
      await client.send(
        new PutParameterCommand({
          Name: parameterName(stage, setting),
          Type: 'SecureString',
          Value: value,
          Overwrite: overwrite,
        }),
      )
    }),
})
