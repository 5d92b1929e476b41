import type { FetchParameters } from './secrets.ts'

/**
 * Decrypted values from SSM Parameter Store. The client is loaded when it is first needed, so that nothing of it loads
 * where the secrets stand in the environment.
 *
 * @throws when the store cannot be reached or refuses
 */
export const ssmParameters: FetchParameters = async (names, signal) => {
  const { GetParametersCommand, SSMClient } = await import('./ssm-client.ts')
  const client = new SSMClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  })
  const { Parameters } = await client.send(
    new GetParametersCommand({ Names: [...names], WithDecryption: true }),
    signal === undefined ? {} : { abortSignal: signal },
  )
  return new Map(
    (Parameters ?? []).flatMap(({ Name, Value }) =>
      Name === undefined || Value === undefined ? [] : [[Name, Value] as const],
    ),
  )
}
