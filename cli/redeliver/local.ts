import type { LocalStack } from '../local-stack.ts'
import type { RedeliverFunction } from './redeliver.ts'

/** That of the running local stack, which was started with the token and the hooks. */
export const localFunction = ({ ask }: LocalStack, timeoutMillis: number): RedeliverFunction => ({
  name: "The local stack's function redeliver",
  run: async () => {
    const { isOk, body } = await ask('POST', '/local/functions/redeliver', timeoutMillis)
    return { hasFailed: !isOk, answer: body }
  },
  remedy: 'start the local stack with GITHUB_HOOKS and GITHUB_TOKEN set (docs/local-stack.md).',
})
