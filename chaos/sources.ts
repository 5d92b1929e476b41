import type { Source } from '../lib/delivery/source.ts'
import { github } from '../lib/github/source.ts'
import { jenkins } from '../lib/jenkins/source.ts'
import { GITHUB_SECRET, JENKINS_TOKEN } from '../simulate/system/request.ts'

export const SOURCES: Readonly<
  Record<'github' | 'jenkins', { source: Source; secret: string; secretSetting: string }>
> = {
  github: { source: github, secret: GITHUB_SECRET, secretSetting: 'GITHUB_WEBHOOK_SECRET' },
  jenkins: { source: jenkins, secret: JENKINS_TOKEN, secretSetting: 'JENKINS_WEBHOOK_TOKEN' },
}
export const INSTALLATION = { githubHost: 'github.com', repositoryOfJob: () => undefined }
