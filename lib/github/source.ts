import type { Source } from '../delivery/source.ts'
import { translate } from './translate.ts'
import { verify } from './verify.ts'

export const github: Source = { name: 'github', verify, translate }
