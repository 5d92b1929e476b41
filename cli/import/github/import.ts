import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import * as z from 'zod/mini'
import type { Github } from '../../github/client.ts'
import { type CursorFile, replace } from '../cursor.ts'
import type { Part } from '../page.ts'
import { type Background, background, NO_BACKGROUND, type OnRead, readBackground } from './background.ts'
import { deploymentsPart } from './deployments.ts'
import { landingsPart } from './landings.ts'
import { listsOf } from './lists.ts'
import type { Place } from './repository.ts'
import { runsPart } from './runs.ts'
import { statusesPart } from './statuses.ts'
import { workPart } from './work.ts'

export const PARTS = ['work', 'pushes', 'runs', 'deployments', 'statuses'] as const
export type PartName = (typeof PARTS)[number]
/** Commit statuses are asked for one by one, and tell only of Jenkins, which tells more itself. */
export const USUAL: readonly PartName[] = ['work', 'pushes', 'runs', 'deployments']

/**
 * The parts of a repository's history, parents first.
 *
 * @param since an ISO string
 * @throws Refusal
 */
export const partsOf = async (
  github: Github,
  place: Place,
  since: string,
  wanted: readonly PartName[],
  cursor: CursorFile,
  onRead: OnRead,
): Promise<readonly Part[]> => {
  const lists = listsOf(github, place)
  const isNeeded = wanted.includes('work') || wanted.includes('pushes')
  const known = isNeeded ? await backgroundOf(() => readBackground(lists, since, onRead), cursor) : NO_BACKGROUND
  const parts: Readonly<Record<PartName, Part>> = {
    work: workPart(lists, place, known, since),
    pushes: landingsPart(lists, place, known),
    runs: runsPart(lists, place, since),
    deployments: deploymentsPart(lists, place, since),
    statuses: statusesPart(lists, place, since),
  }
  return PARTS.filter((name) => wanted.includes(name)).map((name) => parts[name])
}

const pathOf = ({ path }: CursorFile): string => `${path.replace(/\.json$/, '')}.background.json`

/** Kept beside the file that tells how far the import is, so that an import reads it once, or once a day. */
const backgroundOf = async (read: () => Promise<Background>, cursor: CursorFile): Promise<Background> => {
  const path = pathOf(cursor)
  const isFresh = existsSync(path) && Date.now() - statSync(path).mtimeMs < KEPT_MILLIS
  const kept = isFresh ? z.safeParse(background, parsed(readFileSync(path, 'utf8'))).data : undefined
  if (kept !== undefined) return kept
  const found = await read()
  replace(path, JSON.stringify(found))
  return found
}

const KEPT_MILLIS = 24 * 3600 * 1000

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const forgetBackground = (cursor: CursorFile): void => rmSync(pathOf(cursor), { force: true })
