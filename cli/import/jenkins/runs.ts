import * as z from 'zod/mini'
import { refusal } from '../../../local/refusal.ts'
import { jenkinsRun, RUN_TREE, runTold } from '../../history/jenkins/run.ts'
import type { Page, Part } from '../page.ts'
import type { Jenkins } from './client.ts'
import type { Job } from './jobs.ts'

/** Jenkins loads every run from its disk to answer. */
const PAGE = 100

const answered = z.object({ allBuilds: z.nullish(z.array(z.unknown())) })

/** The runs of a job, the newest first; new ones only make a later page repeat what an earlier one has told. */
export const jobPart = (jenkins: Jenkins, job: Job, sinceMillis: number): Part => ({
  name: job.fullName,
  pages: async function* (from): AsyncGenerator<Page> {
    for (let at = Number(from ?? 0); ; at += PAGE) {
      const what = `job ${job.fullName}`
      const answer = await jenkins.ask(job.path, `allBuilds[${RUN_TREE}]{${at},${at + PAGE}}`, what)
      const builds = z.safeParse(answered, answer).data?.allBuilds
      if (builds == null) throw refusal(`Jenkins answered something else than runs for ${what}: see to --url.`)
      const runs = builds.flatMap((build) => z.safeParse(jenkinsRun, build).data ?? [])
      const recent = runs.filter(({ timestamp }) => timestamp >= sinceMillis)
      const goesOn = builds.length === PAGE && recent.length === runs.length
      yield {
        told: recent.map((run) => runTold(job, run)),
        read: recent.length,
        ...(goesOn ? { next: String(at + PAGE) } : {}),
      }
      if (!goesOn) return
    }
  },
})
