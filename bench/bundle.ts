import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { parse } from 'yaml'
import * as z from 'zod/mini'

export interface Bundle {
  readonly file: string
  readonly rawBytes: number
  readonly gzipBytes: number
}

const bundleOptions = z.looseObject({ exclude: z.array(z.string()) })

/** Bundles a function with the very options that it is packaged with. */
export const bundleFunction = async (name: string, folder: string): Promise<Bundle> => {
  const { exclude, ...options } = z.parse(bundleOptions, parse(readFileSync('infra/bundle.yml', 'utf8')))
  const file = join(folder, `${name}.cjs`)
  mkdirSync(folder, { recursive: true })
  await build({ ...options, external: exclude, entryPoints: [`functions/${name}/handler.ts`], outfile: file })
  const bytes = readFileSync(file)
  return { file, rawBytes: bytes.length, gzipBytes: gzipSync(bytes).length }
}
