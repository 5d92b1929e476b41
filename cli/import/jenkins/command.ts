import { readLocalSettings } from '../../../local/settings.ts'
import { cursorFile } from '../cursor.ts'
import { perform } from '../perform.ts'
import { type TargetOptions, targetOf } from '../target/open.ts'
import { openJenkins } from './client.ts'
import { jobsBelow } from './jobs.ts'
import { jobPart } from './runs.ts'

export interface JenkinsImportOptions extends TargetOptions {
  readonly url: string
  readonly job?: string
  readonly since: string
  readonly region?: string
  readonly state?: string
  readonly dryRun?: true
  readonly json?: true
}

/** `npx valuestream import jenkins`. @throws Refusal */
export const importJenkins = async (options: JenkinsImportOptions): Promise<void> => {
  const { url, job = '', since, json } = options
  const jenkins = openJenkins({ url, env: process.env })
  const jobs = await jobsBelow(jenkins, job)
  if (options.dryRun === true) {
    const names = jobs.map(({ fullName }) => fullName)
    console.log(json === true ? JSON.stringify({ since, jobs: names }, undefined, 2) : listed(names))
    return
  }
  if (options.region !== undefined) process.env.AWS_REGION = options.region
  const target = await targetOf(options, process.env)
  const { home } = readLocalSettings(process.env, process.cwd())
  const what = { source: 'jenkins', of: `${url.replace(/\/+$/, '')} ${job}`, since, target: target.id } as const
  await perform(
    [
      {
        name: `${jobs.length} jobs of ${url}`,
        cursor: cursorFile(home, what, options.state),
        parts: () => Promise.resolve(jobs.map((one) => jobPart(jenkins, one, Date.parse(since)))),
        onDone: () => {},
      },
    ],
    { json: json === true, target, requests: jenkins.requests, waitsUntil: () => undefined, onSay: () => {} },
  )
}

const listed = (names: readonly string[]): string =>
  [`The runs of ${names.length} jobs would be read:`, ...names.map((name) => `  ${name}`)].join('\n')
