import { type ActivityKey, type Repository, repository, repositoryPath, runKey } from '../delivery/activity.ts'

/** An attempt at a workflow run of GitHub Actions: `run:https://github.com/acme/shop/actions/runs/12/attempts/1/`. */
export const attemptKey = (of: Repository, runId: number, attempt: number): ActivityKey =>
  runKey(`https://${repositoryPath(of)}/actions/runs/${runId}/attempts/${attempt}`)

const RUN =
  /^\/([\w-]{1,39})\/([\w.-]{1,100})\/actions\/runs\/([1-9][0-9]{0,15})(?:\/attempts\/([1-9][0-9]{0,5}))?(?:\/|$)/

/** The attempt that an address on a host of GitHub is of, the first where it names none; undefined when it is of no run. */
export const attemptAt = (address: string, host: string): ActivityKey | undefined => {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const [, owner, name, runId, attempt] = RUN.exec(url.pathname) ?? []
  if (url.host !== host || owner === undefined || name === undefined) return undefined
  return attemptKey(repository(host, owner, name), Number(runId), Number(attempt ?? 1))
}
