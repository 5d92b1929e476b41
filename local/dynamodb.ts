import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod/mini'
import { refusal } from './refusal.ts'

export interface EmbeddedDynamoDb {
  readonly endpoint: string
  /** Closes the files cleanly; call it when nothing uses the database any more. */
  readonly close: () => Promise<void>
}

const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), port: z.number() }),
  z.object({ kind: z.literal('closed') }),
  z.object({ kind: z.literal('failed'), code: z.optional(z.string()), message: z.string() }),
])
type Message = z.infer<typeof Message>

/**
 * Opens the database in `<home>/dynamodb` on a free loopback port.
 *
 * @param onCrash called when the database dies while it is in use
 * @throws Refusal when another process holds the files, or when they cannot be opened
 */
export const openDynamoDb = async (home: string, onCrash: (cause: unknown) => void): Promise<EmbeddedDynamoDb> => {
  const path = join(home, 'dynamodb')
  mkdirSync(path, { recursive: true })
  const worker = new Worker(join(import.meta.dirname, 'dynamodb-worker.cjs'), { workerData: { path } })
  const first = await nextMessage(worker)
  if (first.kind !== 'ready') {
    await worker.terminate()
    throw refusalOf(first, home)
  }
  worker.on('error', onCrash)
  return {
    endpoint: `http://127.0.0.1:${first.port}`,
    close: async () => {
      worker.postMessage('close')
      await nextMessage(worker)
      await worker.terminate()
    },
  }
}

const nextMessage = async (worker: Worker): Promise<Message> => {
  const [message]: unknown[] = await once(worker, 'message')
  return z.parse(Message, message)
}

const refusalOf = (message: Message, home: string): Error => {
  if (message.kind === 'failed' && message.code === 'LEVEL_LOCKED') {
    return refusal(`Another ValueStream is running with ${home}: stop it, or set VALUESTREAM_HOME to another folder.`)
  }
  const why = message.kind === 'failed' ? message.message : 'it gave no reason'
  return refusal(`The database in ${home} cannot be opened: ${why}.`)
}
