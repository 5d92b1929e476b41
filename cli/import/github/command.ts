import { refusal } from '../../../local/refusal.ts'
import { readLocalSettings } from '../../../local/settings.ts'
import { type Github, openGithub } from '../../github/client.ts'
import { cursorFile } from '../cursor.ts'
import { perform } from '../perform.ts'
import { type TargetOptions, targetOf } from '../target/open.ts'
import type { OnRead } from './background.ts'
import { dryRun } from './dry-run.ts'
import { forgetBackground, type PartName, partsOf, USUAL } from './import.ts'
import { type Place, placeOf, placesOf } from './repository.ts'

export interface GithubImportOptions extends TargetOptions {
  readonly repo?: string
  readonly org?: string
  readonly since: string
  readonly only?: readonly PartName[]
  readonly region?: string
  readonly state?: string
  readonly dryRun?: true
  readonly json?: true
}

/** `npx valuestream import github`. @throws Refusal */
export const importGithub = async (options: GithubImportOptions): Promise<void> => {
  const say = { line: (line: string) => console.error(line) }
  const { host } = options
  const github = openGithub({ host, env: process.env, now: Date.now, say: (line) => say.line(line) })
  const places = await placesFor(github, options)
  const wanted = options.only ?? USUAL
  if (options.dryRun === true) return dryRun(github, places, options.since, wanted, options.json === true)
  if (options.region !== undefined) process.env.AWS_REGION = options.region
  const target = await targetOf(options, process.env)
  const { home } = readLocalSettings(process.env, process.cwd())
  const imports = places.map((place) => {
    const of = `${host}/${place.fullName}`
    const what = { source: 'github', of, since: options.since, target: `${target.id} ${wanted.join()}` } as const
    const cursor = cursorFile(home, what, stateFor(options.state, places, place))
    return {
      name: `${place.fullName} since ${options.since.slice(0, 10)}`,
      cursor,
      parts: (onRead: OnRead) => partsOf(github, place, options.since, wanted, cursor, onRead),
      onDone: () => forgetBackground(cursor),
    }
  })
  await perform(imports, {
    json: options.json === true,
    target,
    requests: github.requests,
    waitsUntil: github.waitsUntil,
    onSay: (line) => {
      say.line = line
    },
  })
}

/** One file a repository. */
const stateFor = (state: string | undefined, places: readonly Place[], { fullName }: Place): string | undefined =>
  state === undefined || places.length === 1 ? state : `${state}.${fullName.replace('/', '-')}`

const placesFor = async (github: Github, { repo, org }: GithubImportOptions): Promise<readonly Place[]> => {
  if (org !== undefined) return placesOf(github, org)
  if (repo === undefined) throw refusal('Name what to read: --repo acme/shop, or --org acme for all its repositories.')
  return [await placeOf(github, repo)]
}
