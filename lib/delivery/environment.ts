import type { Attributes } from './attributes.ts'

/** Where a deploy goes: what the source says, or the job's parameter `environment` or `env`. */
export const environmentOf = (attributes: Attributes): string | undefined => {
  const environment =
    attributes['deployment.environment.name'] ??
    attributes['build.parameter.environment'] ??
    attributes['build.parameter.env']
  return environment === undefined ? undefined : String(environment)
}
