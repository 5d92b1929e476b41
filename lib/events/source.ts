import type { Source } from '../delivery/source.ts'
import { translate } from './translate.ts'
import { verify } from './verify.ts'

export const events: Source = { name: 'events', verify, translate }
