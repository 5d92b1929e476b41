import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { MAX_EXPORT_BYTES, receiveTraces } from './intake/receive-traces.ts'
import { recordOf } from './intake/record-of.ts'
import { onlyLocalHost } from './local-host.ts'
import type { Warehouse } from './warehouse/warehouse.ts'

/** The explorer: an OTLP receiver whose spans are answered for when they are in the warehouse. */
export const explorer = (warehouse: Warehouse): Hono =>
  new Hono().post(
    '/v1/traces',
    onlyLocalHost,
    bodyLimit({ maxSize: MAX_EXPORT_BYTES }),
    receiveTraces((spans) => warehouse.put(spans.map(recordOf))),
  )
