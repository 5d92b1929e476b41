import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'

const PACKAGE = z.object({ version: z.string(), engines: z.object({ node: z.string() }) })

/** Where `serverless.yml`, `functions` and `infra` lie. */
export const PACKAGE_FOLDER = join(import.meta.dirname, '..')

const described = (): z.infer<typeof PACKAGE> =>
  z.parse(PACKAGE, JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')))

export const packageVersion = (): string => described().version

/** Such as `20.19`. */
export const leastNode = (): string => described().engines.node.replace('>=', '')
