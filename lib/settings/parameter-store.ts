import type { Environment } from '../aws/endpoint.ts'
import { type JsonService, jsonService } from '../aws/json-service.ts'
import type { FetchParameters } from './secrets.ts'

/** What of `GetParameters` is read. */
interface Answer {
  readonly Parameters?: readonly { readonly Name?: string; readonly Value?: string }[]
}

/**
 * Decrypted values from SSM Parameter Store. Nothing of it is made where the secrets stand in the environment.
 *
 * @throws when the store cannot be reached or refuses
 */
export const ssmParameters = (env: Environment): FetchParameters => {
  let service: JsonService | undefined
  return async (names) => {
    service ??= jsonService({ host: 'ssm', variable: 'SSM', protocol: '1.1', target: 'AmazonSSM' }, env)
    const answer = (await service.call('GetParameters', { Names: names, WithDecryption: true })) as Answer
    const { Parameters = [] } = answer
    return new Map(
      Parameters.flatMap(({ Name, Value }) =>
        Name === undefined || Value === undefined ? [] : [[Name, Value] as const],
      ),
    )
  }
}
