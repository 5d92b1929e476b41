import type { Source } from '../delivery/source.ts'
import { translate } from './translate.ts'
import { verify } from './verify.ts'

/**
 * CloudEvents need no more than 64 KB. The library that verifies computes SHA-256 in JavaScript, over what nobody has
 * signed too, so that a body of 6 MB would cost a tenth of a second of a processor for each secret.
 *
 * @see https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md#size-limits
 */
const MAX_EVENT_BYTES = 256 * 1024

export const events: Source = { name: 'events', maxBodyBytes: MAX_EVENT_BYTES, verify, translate }
