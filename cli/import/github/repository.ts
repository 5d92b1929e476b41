import * as z from 'zod/mini'
import { refusal } from '../../../local/refusal.ts'
import type { Github } from '../../github/client.ts'
import type { JsonObject } from '../../history/webhook.ts'

/** A repository whose history is read. */
export interface Place {
  /** As GitHub calls it today: `acme/shop`. */
  readonly fullName: string
  readonly id: number
  readonly defaultBranch: string
  /** The repository as webhooks carry it. */
  readonly repository: JsonObject
}

const restRepository = z.looseObject({ id: z.int(), full_name: z.string(), default_branch: z.string() })

export const RIGHTS =
  'a fine-grained token needs read access to Metadata, Contents, Issues, Pull requests, Actions, Deployments and Commit statuses of the repository, a classic one the scope repo'

/** @throws Refusal when there is no such repository, or the token may not see it */
export const placeOf = async (github: Github, fullName: string): Promise<Place> => {
  const what = `the repository ${fullName}`
  // A renamed repository answers by a redirection, which is followed, and then says its new name itself.
  return toPlace((await github.ask(`GET /repos/${fullName}`, { what, rights: RIGHTS })).data, what)
}

/** The repositories of an organisation that are not archived, by name. @throws Refusal */
export const placesOf = async (github: Github, organisation: string): Promise<readonly Place[]> => {
  const what = `the organisation ${organisation}`
  const all = await github.all(`GET /orgs/${organisation}/repos`, { what, rights: RIGHTS })
  return all
    .filter((one) => !(typeof one === 'object' && one !== null && 'archived' in one && one.archived === true))
    .map((one) => toPlace(one, what))
    .sort((a, b) => (a.fullName < b.fullName ? -1 : 1))
}

const toPlace = (data: unknown, what: string): Place => {
  const parsed = z.safeParse(restRepository, data)
  if (!parsed.success) throw refusal(`GitHub answered something else than ${what}: see to --host.`)
  const { id, full_name, default_branch } = parsed.data
  return { fullName: full_name, id, defaultBranch: default_branch, repository: parsed.data }
}
