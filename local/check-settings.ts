import { githubHooks } from '../lib/settings/github-hooks.ts'
import { jobRepositories } from '../lib/settings/job-repositories.ts'
import { readExportSettings, readGithubApiUrl, readSettings, SettingError } from '../lib/settings/settings.ts'
import { refusal } from './refusal.ts'
import type { Environment } from './settings.ts'

/**
 * Says at the start, and to who can change it, what the functions would say in the log with each webhook.
 *
 * @throws Refusal
 */
export const checkSettings = (env: Environment): void => {
  try {
    const { githubHost } = readSettings(env)
    readExportSettings(env, env.OTEL_EXPORTER_OTLP_HEADERS)
    jobRepositories(env.JENKINS_JOB_REPOSITORIES, githubHost)
    githubHooks(env.GITHUB_HOOKS)
    readGithubApiUrl(env)
  } catch (error) {
    if (error instanceof SettingError) throw refusal(error.message, error)
    throw error
  }
}
