import { type ContextStore, type SpanExporter, StoreUnavailable } from '../lib/record/ports.ts'
import type { Invocation } from './fates.ts'

const away = (): Error => new StoreUnavailable('the table is throttled, or has not answered in time', undefined)

/** The store as an invocation meets it: every call may fail, do its work and fail all the same, or be its last. */
export const storeFor = (store: ContextStore, { call }: Invocation): ContextStore => ({
  read: (key, names) => call(() => store.read(key, names), away),
  readClaims: (names) => call(() => store.readClaims(names), away),
  tell: (key, facts, holder) => call(() => store.tell(key, facts, holder), away),
  write: (context, lease) => call(() => store.write(context, lease), away),
  writeEmissions: (context) => call(() => store.writeEmissions(context), away),
  takeBack: (key) => call(() => store.takeBack(key), away),
  touch: (key) => call(() => store.touch(key), away),
  register: (claims) => call(() => store.register(claims), away),
  watch: (watcher, names) => call(() => store.watch(watcher, names), away),
  enter: (placed, version) => call(() => store.enter(placed, version), away),
  leave: (placed, version) => call(() => store.leave(placed, version), away),
  mainline: (query) => call(() => store.mainline(query), away),
  due: (untilMillis, limit) => call(() => store.due(untilMillis, limit), away),
  outbox: () => call(() => store.outbox(), away),
  postpone: (due, untilMillis, attempts) => call(() => store.postpone(due, untilMillis, attempts), away),
})

/** The exporter as an invocation meets it; it never throws, so only a kill can befall it beside what the backend does. */
export const exporterFor = (exporter: SpanExporter, { call, sent, disturb }: Invocation): SpanExporter => ({
  export: async (spans) => {
    sent.push(...spans.map(({ spanId }) => spanId))
    try {
      const outcome = await call(() => exporter.export(spans), away)
      // The backend may have answered in the very moment in which it was given up.
      if (outcome.kind === 'retryable' && outcome.message.includes('has not answered within')) disturb()
      return outcome
    } catch {
      return { kind: 'retryable', message: 'the export failed' }
    }
  },
})
