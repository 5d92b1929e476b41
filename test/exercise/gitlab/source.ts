import { MAX_BODY_BYTES, type Source } from '../../../lib/delivery/source.ts'
import { translate } from './translate.ts'
import { verify } from './verify.ts'

export const gitlab: Source = { name: 'gitlab', maxBodyBytes: MAX_BODY_BYTES, verify, translate }
