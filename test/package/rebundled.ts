import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { parse } from 'yaml'
import * as z from 'zod/mini'

const optionsSchema = z.looseObject({ exclude: z.array(z.string()) })

export interface Rebundled {
  readonly text: string
  /** The sources that something is left of. */
  readonly sources: readonly string[]
  /** The packages that are left to the runtime. */
  readonly runtime: readonly string[]
}

/**
 * Bundles a function as `serverless package` does, and tells what is in it. It tells of the packaged file only if `text`
 * is the same.
 */
export const rebundled = async (folder: string, name: string): Promise<Rebundled> => {
  const file = parse(readFileSync(join(folder, 'infra/bundle.yml'), 'utf8'))
  const { exclude: external, ...options } = z.parse(optionsSchema, file)
  const { outputFiles, metafile } = await build({
    ...options,
    external,
    absWorkingDir: folder,
    entryPoints: [`functions/${name}/handler.ts`],
    outdir: 'out',
    preserveSymlinks: true,
    metafile: true,
    write: false,
  })
  const [output] = Object.values(metafile.outputs)
  return {
    text: outputFiles.map(({ text }) => text).join('\n'),
    sources: Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) => (bytesInOutput ? path : [])),
    runtime: (output?.imports ?? []).flatMap(({ path }) => (external.includes(path) ? path : [])).sort(),
  }
}

/** The folders that sources lie in, as far as they say something: a folder of this repository, or an owner of packages. */
export const placesOf = (sources: readonly string[]): readonly string[] =>
  [...new Set(sources.map((source) => source.split('/').slice(0, 2).join('/')))].sort()
