import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, unzipSync } from 'fflate'
import * as z from 'zod/mini'

const templateSchema = z.object({
  Metadata: z.unknown(),
  Conditions: z.record(z.string(), z.unknown()),
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()) })),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })),
})
export type Template = z.infer<typeof templateSchema>

const roleSchema = z.object({
  Policies: z.array(
    z.object({
      PolicyDocument: z.object({
        Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]) })),
      }),
    }),
  ),
})

const configurationSchema = z.object({
  provider: z.object({ stage: z.string(), region: z.string(), environment: z.record(z.string(), z.unknown()) }),
  custom: z.object({ secrets: z.record(z.string(), z.string()) }),
  resources: z.object({ Metadata: z.unknown() }),
})

type Environment = Readonly<Record<string, string>>

export interface Packaged {
  /** Where the tool runs: its home folder, with the copy of the sources in it. */
  readonly home: string
  /** The copy of the sources that was packaged. */
  readonly folder: string
  readonly template: Template
  /** The content of each function's zip: text by path. */
  readonly zips: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Everything that was written, what is zipped unzipped: text by path. */
  readonly written: Readonly<Record<string, string>>
  /** What lies in the copy before and after. */
  readonly entries: { readonly before: readonly string[]; readonly after: readonly string[] }
  readonly remove: () => void
}

/** All that packaging reads. */
const SOURCES = ['serverless.yml', 'package.json', 'tsconfig.json', 'functions', 'infra', 'lib']

/**
 * Runs `serverless package` on a copy of the sources, so that it cannot meet another run, with the environment that is
 * given and nothing of this machine's: no account, no login, no home.
 *
 * @throws when packaging fails; the error holds what it printed
 */
export const packaged = async (environment: Environment): Promise<Packaged> => {
  const home = mkdtempSync(join(tmpdir(), 'valuestream-package-'))
  const [folder, output] = [join(home, 'sources'), join(home, 'output')]
  for (const source of SOURCES) cpSync(source, join(folder, source), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const before = readdirSync(folder)
  await serverless(home, ['package', '--package', output], environment)
  const files = readdirSync(output).map((name) => [name, readFileSync(join(output, name))] as const)
  const zips = Object.fromEntries(
    files.filter(([name]) => name.endsWith('.zip')).map(([name, bytes]) => [name.slice(0, -4), unzipped(bytes)]),
  )
  const texts = files.filter(([name]) => !name.endsWith('.zip')).map(([name, bytes]) => [name, bytes.toString('utf8')])
  return {
    home,
    folder,
    template: z.parse(
      templateSchema,
      JSON.parse(readFileSync(join(output, 'cloudformation-template-update-stack.json'), 'utf8')),
    ),
    zips,
    written: Object.assign(Object.fromEntries(texts), ...Object.values(zips)),
    entries: { before, after: readdirSync(folder) },
    remove: () => rmSync(home, { recursive: true }),
  }
}

/**
 * The settings of a deployment with these options.
 *
 * @throws when they cannot be resolved
 */
export const resolved = async ({ home }: Packaged, options: readonly string[]) => {
  const printed = await serverless(home, ['print', '--format', 'json', ...options], {})
  const { provider, custom, resources } = z.parse(configurationSchema, JSON.parse(printed))
  return { ...provider, ...custom, ...resources }
}

const serverless = async (home: string, options: readonly string[], environment: Environment): Promise<string> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [resolve('node_modules/.bin/serverless'), ...options],
    {
      cwd: join(home, 'sources'),
      env: { PATH: process.env.PATH, HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...environment },
    },
  )
  return stdout
}

const unzipped = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]))

/** The properties of all resources of a type, by logical id. */
export const propertiesOf = ({ Resources }: Template, type: string): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties }]) => [id, Properties]),
  )

/** What a role allows. */
export const actionsOf = ({ Resources }: Template, roleId: string): readonly string[] =>
  z
    .parse(roleSchema, Resources[roleId]?.Properties)
    .Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action))

/** The files that hold a text. */
export const filesWith = ({ written }: Packaged, text: string): readonly string[] =>
  Object.entries(written).flatMap(([path, content]) => (content.includes(text) ? path : []))
