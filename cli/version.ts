import { join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }

/** Where `serverless.yml`, `functions` and `infra` lie. */
export const PACKAGE_FOLDER = join(import.meta.dirname, '..')

export const packageVersion = (): string => manifest.version

/** Such as `20.19`. */
export const leastNode = (): string => manifest.engines.node.replace('>=', '')
