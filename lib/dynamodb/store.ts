import type { ContextStore } from '../record/ports.ts'
import type { Expiry } from './codec.ts'
import { read, takeBack, touch, write, writeEmissions } from './contexts.ts'
import { enter, leave, mainline } from './mainline.ts'
import { readClaims, register, watch } from './names.ts'
import { due, outbox, postpone } from './outbox.ts'
import { reached, type Table } from './table.ts'
import { tell } from './tell.ts'

export interface DynamoDbStoreOptions extends Table {
  readonly now: () => number
  /** How long a context is kept after its last write. */
  readonly ttlSeconds: number
}

/** Contexts, names and mainlines in one DynamoDB table with the key `pk`, `sk`. */
export const dynamoDbStore = (options: DynamoDbStoreOptions): ContextStore => {
  const expiry = (): Expiry => ({ nowMillis: options.now(), ttlSeconds: options.ttlSeconds })
  return {
    read: (key, names) => reached(options, () => read(options, key, names, options.now())),
    readClaims: (names) => reached(options, () => readClaims(options, names)),
    tell: (key, facts, holder) => reached(options, () => tell(options, key, facts, holder, expiry())),
    write: (context, lease) => reached(options, () => write(options, context, expiry(), lease)),
    writeEmissions: (context) => reached(options, () => writeEmissions(options, context, expiry())),
    takeBack: (key) => reached(options, () => takeBack(options, key)),
    touch: (key) => reached(options, () => touch(options, key, expiry())),
    register: (claims) => reached(options, () => register(options, claims, expiry())),
    watch: (watcher, names) => reached(options, () => watch(options, watcher, names, expiry())),
    enter: (placed, version) => reached(options, () => enter(options, placed, version, expiry())),
    leave: (placed, version) => reached(options, () => leave(options, placed, version)),
    mainline: (query) => reached(options, () => mainline(options, query)),
    due: (untilMillis, limit) => reached(options, () => due(options, untilMillis, limit)),
    outbox: () => reached(options, () => outbox(options)),
    postpone: (one, untilMillis, attempts) => reached(options, () => postpone(options, one, untilMillis, attempts)),
  }
}
