import type { ContextStore } from '../lib/record/ports.ts'

/** What a partition's key may be long, and what stands before an activity's key in it. */
const MAX_KEY_BYTES = 2048 - 'context#'.length
/** An entry of a mainline has an activity's key in its sort key, behind fifteen digits and a sign. */
const MAX_SORT_KEY_BYTES = 1024 - 16
/** DynamoDB's numbers reach further, but its document client refuses what is no safe integer. */
const LARGEST = Number.MAX_SAFE_INTEGER

/**
 * A store in memory that refuses what DynamoDB would refuse, so that a run without DynamoDB finds it: keys that are too
 * long or empty, half characters, and what is neither text nor number nor a list or map of such.
 */
export const asStrictAsDynamoDb = (
  store: ContextStore,
): { readonly store: ContextStore; readonly writes: () => number } => {
  let writes = 0
  const counted = <T>(result: Promise<T>): Promise<T> => {
    writes += 1
    return result
  }
  return {
    writes: () => writes,
    store: {
      ...store,
      read: async (key, names) => {
        for (const each of [key, ...names]) checkKey(each, MAX_KEY_BYTES)
        return store.read(key, names)
      },
      tell: async (key, facts, holder) => {
        checkKey(key, MAX_KEY_BYTES)
        checkValue(facts)
        return counted(store.tell(key, facts, holder))
      },
      write: async (context, lease) => {
        checkKey(context.key, MAX_KEY_BYTES)
        checkValue(context)
        return counted(store.write(context, lease))
      },
      writeEmissions: async (context) => {
        checkKey(context.key, MAX_KEY_BYTES)
        checkValue(context)
        return counted(store.writeEmissions(context))
      },
      register: async (claims) => {
        for (const { name } of claims) checkKey(name, MAX_KEY_BYTES)
        return counted(store.register(claims))
      },
      watch: async (watcher, names) => {
        for (const name of names) checkKey(name, MAX_KEY_BYTES)
        return counted(store.watch(watcher, names))
      },
      enter: async (placed, version) => {
        checkKey(placed.repository, MAX_KEY_BYTES)
        checkKey(placed.entry.key, MAX_SORT_KEY_BYTES)
        checkValue(placed.entry)
        return counted(store.enter(placed, version))
      },
    },
  }
}

const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text)

const checkKey = (key: string, maxBytes: number): void => {
  if (key === '' || !isWellFormed(key)) throw new Error('DynamoDB would refuse a key that is empty or half a character')
  if (Buffer.byteLength(key) > maxBytes)
    throw new Error(`DynamoDB would refuse a key of ${Buffer.byteLength(key)} bytes`)
}

const checkValue = (value: unknown): void => {
  switch (typeof value) {
    case 'string':
      if (!isWellFormed(value)) throw new Error('DynamoDB would refuse half a character')
      return
    case 'number':
      if (!(Math.abs(value) <= LARGEST)) throw new Error(`DynamoDB's client would refuse the number ${value}`)
      return
    case 'object':
      if (value === null) return
      for (const [name, member] of Object.entries(value)) {
        checkValue(name)
        checkValue(member)
      }
      return
    case 'boolean':
    case 'undefined':
      return
    default:
      throw new Error(`DynamoDB would refuse a ${typeof value}`)
  }
}
