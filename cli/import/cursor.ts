import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import { refusal } from '../../local/refusal.ts'

/** What is imported, from when on, and where to: whoever says the same goes on with the same import. */
export interface Import {
  readonly source: 'github' | 'jenkins'
  readonly of: string
  readonly since: string
  readonly target: string
}

const kept = z.object({
  /** Parts that are done. */
  done: z.array(z.string()),
  /** The part that was under way, and where to go on in it. */
  part: z.optional(z.string()),
  next: z.optional(z.string()),
})
export type Cursor = z.infer<typeof kept>

export const BEGINNING: Cursor = { done: [] }

/** How far an import is, in a file that is replaced as a whole after each page. */
export interface CursorFile {
  readonly path: string
  readonly read: () => Cursor
  readonly write: (cursor: Cursor) => void
  /** The import is through: the next one begins anew. */
  readonly remove: () => void
}

/** @param path in place of one in the home that follows from what is imported */
export const cursorFile = (home: string, what: Import, path = pathOf(home, what)): CursorFile => ({
  path,
  read: () => {
    if (!existsSync(path)) return BEGINNING
    try {
      return z.parse(kept, JSON.parse(readFileSync(path, 'utf8')))
    } catch (cause) {
      throw refusal(`The file ${path} does not tell how far the import was: delete it to begin anew.`, cause)
    }
  },
  write: (cursor) => replace(path, JSON.stringify(cursor)),
  remove: () => rmSync(path, { force: true }),
})

const pathOf = (home: string, { source, of, since, target }: Import): string => {
  const name = createHash('sha256').update([source, of, since, target].join('\n')).digest('hex').slice(0, 12)
  return join(home, 'imports', `${source}-${of.replace(/[^\w.-]+/g, '-').slice(0, 60)}-${name}.json`)
}

/** Renamed into place, so that a kill half-way leaves the file of before. */
export const replace = (path: string, text: string): void => {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.new`, text, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  } catch (cause) {
    throw refusal(`The file ${path} cannot be written: name another with --state.`, cause)
  }
}
