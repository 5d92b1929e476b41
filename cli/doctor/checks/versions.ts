import { type Finding, ok, problem, warning } from '../finding.ts'

export const nodeFinding = (version: string, least: string): Finding =>
  isOlder(version, least)
    ? problem('node', `Node.js is ${version}.`, `ValueStream needs ${least} or newer.`)
    : ok('node', `Node.js is ${version}.`)

/** Whether what is deployed is of this package; older deployments do not say. */
export const versionFinding = (deployed: string | undefined, own: string, stage: string): Finding => {
  if (deployed === own) return ok('version', `The deployment and this package are ${own}.`)
  return warning(
    'version',
    `The deployment is ${deployed ?? 'older than 0.1.0'}, and this package ${own}.`,
    `Bring them together: npx valuestream deploy --stage ${stage}.`,
  )
}

const isOlder = (version: string, least: string): boolean => {
  const [have, need] = [version, least].map((text) => text.split('.').map(Number)) as [number[], number[]]
  const at = need.findIndex((part, index) => part !== have[index])
  return at !== -1 && (have[at] ?? 0) < (need[at] ?? 0)
}
