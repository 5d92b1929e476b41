import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { unzipSync } from 'fflate'
import { parse } from 'yaml'
import * as z from 'zod/mini'

export const FUNCTIONS = ['github', 'jenkins', 'events', 'sweep', 'redeliver'] as const
export type FunctionName = (typeof FUNCTIONS)[number]

export interface Sizes {
  readonly rawBytes: number
  readonly gzipBytes: number
}

export interface Packaged extends Sizes {
  /** Where Lambda would load it from. */
  readonly file: string
}

export const sizesOf = (functions: Readonly<Record<FunctionName, Packaged>>): Readonly<Record<string, Sizes>> =>
  Object.fromEntries(
    FUNCTIONS.map((name) => [name, { rawBytes: functions[name].rawBytes, gzipBytes: functions[name].gzipBytes }]),
  )

/** Runs `serverless package` and unzips what it has made of each function. */
export const packagedFunctions = (folder: string): Readonly<Record<FunctionName, Packaged>> => {
  const output = join(folder, 'package')
  execFileSync('npx', ['serverless', 'package', '--package', output], { stdio: ['ignore', 'ignore', 'pipe'] })
  return Object.fromEntries(FUNCTIONS.map((name) => [name, unzipped(name, output, folder)])) as Readonly<
    Record<FunctionName, Packaged>
  >
}

const unzipped = (name: FunctionName, output: string, folder: string): Packaged => {
  const files = unzipSync(readFileSync(join(output, `${name}.zip`)))
  const path = `functions/${name}/handler.js`
  const bytes = files[path]
  if (bytes === undefined) throw new Error(`${name}.zip holds no ${path}`)
  const file = join(folder, name, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  return { file, rawBytes: bytes.length, gzipBytes: gzipSync(bytes).length }
}

/** The limit program where a function would be: Node takes memory and time for each folder on the way to a file. */
export const limitIn = (folder: string): string => {
  const file = join(folder, 'limit', 'functions', 'limit', 'handler.js')
  mkdirSync(dirname(file), { recursive: true })
  copyFileSync('bench/limit.cjs', file)
  return file
}

export interface Share {
  readonly name: string
  readonly bytes: number
}

const bundleOptions = z.looseObject({ exclude: z.optional(z.array(z.string())) })

/** The packages, and folders of our own, that take the most of a function's file, by the very options that it is packaged with. */
export const largestIn = async (name: FunctionName, count: number): Promise<readonly Share[]> => {
  const { exclude = [], ...options } = z.parse(bundleOptions, parse(readFileSync('infra/bundle.yml', 'utf8')))
  const { metafile } = await build({
    ...options,
    external: exclude,
    entryPoints: [`functions/${name}/handler.ts`],
    outfile: 'unwritten.js',
    write: false,
    metafile: true,
  })
  const bytes = new Map<string, number>()
  for (const [path, { bytesInOutput }] of Object.entries(Object.values(metafile.outputs)[0]?.inputs ?? {})) {
    bytes.set(ownerOf(path), (bytes.get(ownerOf(path)) ?? 0) + bytesInOutput)
  }
  return [...bytes]
    .map(([owner, size]) => ({ name: owner, bytes: size }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, count)
}

/** The package, or the folder of ours. */
const ownerOf = (path: string): string =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? path.split('/').slice(0, 2).join('/')
