import type { Repository } from '../../lib/delivery/activity.ts'
import type { DeliveryEvent } from '../../lib/delivery/event.ts'
import { translate } from '../../lib/jenkins/translate.ts'

export const translated = (
  payload: unknown,
  repositoryOfJob: (fullName: string) => Repository | undefined = () => undefined,
) =>
  translate(
    { headers: {}, query: {}, pathParameters: {}, body: Buffer.from(JSON.stringify(payload)) },
    { githubHost: 'github.com', repositoryOfJob },
  )

export const eventOf = (payload: unknown): DeliveryEvent => {
  const translation = translated(payload)
  const event = translation.kind === 'events' ? translation.events[0] : undefined
  if (event === undefined) throw new Error(JSON.stringify(translation))
  return event
}

export const RUN = 'https://ci.acme.com/job/codertocat/job/hello-world/job/PR-2/3/'
export const SHA = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
export const ABOUT_RUN = {
  service: 'jenkins',
  'build.ci.url': 'https://ci.acme.com/',
  'build.url': RUN,
  'build.job.name': 'PR-2',
  'build.job.full_name': 'codertocat/hello-world/PR-2',
  'build.number': 3,
  'cicd.pipeline.name': 'codertocat/hello-world/PR-2',
  'cicd.pipeline.run.id': '3',
  'cicd.pipeline.run.url.full': RUN,
}
export const PULL_REQUEST = 'pull_request:github.com/codertocat/hello-world#2'
