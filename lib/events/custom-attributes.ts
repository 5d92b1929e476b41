import { type Attributes, known } from '../delivery/attributes.ts'
import { MalformedField } from '../delivery/malformed.ts'
import { webAddress, withoutCredentials } from './address.ts'
import { type Code, commitAttributes, repositoryAttributes } from './code.ts'
import { type Identity, isRun } from './custom-identity.ts'
import { jenkinsRunAttributes } from './jenkins-run.ts'
import { checkedMetadata, metadataAttributes, parameterAttributes } from './metadata.ts'
import type { CustomPayload } from './payload.ts'
import { shortened } from './text.ts'

/** @throws MalformedField */
export const customAttributes = (
  payload: CustomPayload,
  { source, type, id, run }: Identity,
  code: Code,
  githubHost: string,
): Attributes => {
  const url = addressOf(payload.url)
  return {
    service: source,
    ...repositoryAttributes(code, githubHost),
    ...circumstances(payload, type, code),
    ...metadataAttributes(checkedMetadata('metadata', payload.metadata ?? {})),
    ...known({
      'event.id': shortened(id),
      'event.type': type,
      'event.title': shortened(payload.title),
      'event.url': url,
      'error.message': shortened(payload.error),
    }),
    ...(isRun(type)
      ? {
          ...known({ 'build.url': url, 'cicd.pipeline.run.id': shortened(id), 'cicd.pipeline.run.url.full': url }),
          ...parameterAttributes(checkedMetadata('parameters', payload.parameters ?? {})),
        }
      : {}),
    ...(run === undefined ? {} : jenkinsRunAttributes(run)),
  }
}

const addressOf = (url: string | null | undefined): string | undefined => {
  if (url == null) return undefined
  const address = webAddress(url)
  if (address === undefined) throw new MalformedField('url', 'is not an address: it begins with https:// or http://')
  return withoutCredentials(address)
}

/** Where it happened and of what: of runs under the names that all runs have, of anything else as metadata. */
const circumstances = ({ environment, production }: CustomPayload, type: string, code: Code): Attributes => {
  const where = type === 'deploy' ? {} : { environment: shortened(environment), production }
  const what = isRun(type) ? {} : { commit: code.commit }
  return {
    ...metadataAttributes(given({ ...where, ...what })),
    ...(isRun(type) ? commitAttributes(code) : {}),
    ...(type === 'deploy'
      ? known({ 'deployment.environment.name': shortened(environment), 'deployment.production': production })
      : {}),
  }
}

const given = (
  values: Readonly<Record<string, string | boolean | null | undefined>>,
): Readonly<Record<string, string | boolean>> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value == null ? [] : [[name, value]])))
