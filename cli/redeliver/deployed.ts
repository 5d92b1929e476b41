import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { orRefuse } from '../aws/problem.ts'
import { functionName } from '../aws/stack.ts'
import type { RedeliverFunction } from './redeliver.ts'

/** That of a stage. Takes lambda:InvokeFunction. */
export const deployedFunction = (stage: string, client: LambdaClient): RedeliverFunction => {
  const name = `The function ${functionName(stage, 'redeliver')}`
  return {
    name,
    run: () =>
      orRefuse(`${name} cannot be run`, async () => {
        const { FunctionError, Payload } = await client.send(
          new InvokeCommand({ FunctionName: functionName(stage, 'redeliver'), Payload: '{}' }),
        )
        return { hasFailed: FunctionError !== undefined, answer: parsed(Payload) }
      }),
    remedy: 'that takes the setting github-hooks and the parameter github-token (docs/deploy.md).',
  }
}

/** The SDK would begin another run where one takes longer than it waits. */
export const lambdaClient = (timeoutMillis: number): LambdaClient =>
  new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: timeoutMillis } })

const parsed = (payload: Uint8Array | undefined): unknown => {
  try {
    return JSON.parse(Buffer.from(payload ?? []).toString('utf8'))
  } catch {
    return undefined
  }
}
