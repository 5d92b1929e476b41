import { MAX_BODY_BYTES, type Source } from '../delivery/source.ts'
import { translate } from './translate.ts'
import { verify } from './verify.ts'

export const jenkins: Source = { name: 'jenkins', maxBodyBytes: MAX_BODY_BYTES, verify, translate }
