import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod/mini'
import { type Packaged, propertiesOf } from './packaged.ts'

const functionSchema = z.object({
  Handler: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
})
const resultSchema = z.object({ exports: z.array(z.string()), statuses: z.array(z.nullable(z.number())) })
export type Invoked = z.infer<typeof resultSchema>

/**
 * What Lambda does: loads the module, takes the handler, and gives it one event after the other. `require` is to take
 * CommonJS only, since newer versions of Node would load a module as well, and more slowly.
 */
const RUNTIME = `
  const [, file, handler, events] = process.argv
  const run = async (loaded) => {
    const statuses = []
    for (const event of JSON.parse(events)) statuses.push((await loaded[handler](event, { getRemainingTimeInMillis: () => 30000 })).statusCode ?? null)
    process.stdout.write(JSON.stringify({ exports: Object.keys(loaded), statuses }))
  }
  run(require(file))
`

/**
 * Unpacks a function's zip where no package lies above it, and invokes the handler that the template names with plain
 * Node, in the environment that the template gives, but for what is given here.
 *
 * @throws when it cannot be loaded, throws, or writes anything but its answers
 */
export const invoked = async (
  { template, zips }: Packaged,
  name: string,
  environment: Readonly<Record<string, string>>,
  events: readonly object[],
): Promise<Invoked> => {
  const configured = Object.values(propertiesOf(template, 'AWS::Lambda::Function')).find(
    ({ FunctionName }) => FunctionName === `valuestream-dev-${name}`,
  )
  const { Handler, Environment } = z.parse(functionSchema, configured)
  const [module = '', handler = ''] = Handler.split('.')
  const variables = Object.entries(Environment.Variables).filter(([, value]) => typeof value === 'string')
  const task = mkdtempSync(join(tmpdir(), 'valuestream-task-'))
  try {
    unpack(zips[name] ?? {}, task)
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-experimental-require-module', '-e', RUNTIME, join(task, `${module}.js`), handler, JSON.stringify(events)],
      { cwd: task, env: { LOG_LEVEL: 'silent', ...Object.fromEntries(variables), ...environment }, timeout: 30_000 },
    )
    return z.parse(resultSchema, JSON.parse(stdout))
  } finally {
    rmSync(task, { recursive: true })
  }
}

const unpack = (zip: Readonly<Record<string, string>>, folder: string): void => {
  for (const [path, content] of Object.entries(zip)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

/** A POST as API Gateway's HTTP API hands it over (payload format 2.0), without what the functions do not read. */
export const httpApiEvent = (
  routeKey: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  more: object = {},
) => ({ version: '2.0', routeKey, headers, body, isBase64Encoded: false, ...more })
