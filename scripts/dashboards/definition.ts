import type { AttributeName } from '../../lib/delivery/attributes.ts'

/** What a panel shows of the spans of one operation. */
export type Measure =
  /** How many ended in a day, a series a value of the attribute; `isShare` shows parts of the whole. */
  | { readonly kind: 'count'; readonly by: AttributeName; readonly isShare: boolean }
  /** Median and 90th percentile of the durations in a week; by an attribute, the median of each of its values. */
  | { readonly kind: 'duration'; readonly by?: AttributeName }

export interface Panel {
  readonly title: string
  readonly description: string
  readonly operation: 'issue' | 'pull_request' | 'build' | 'deploy'
  readonly measure: Measure
  /** Only spans whose attribute has the value; `$environment` is what is chosen at the top. */
  readonly where: { readonly [name in AttributeName]?: string }
}

/** Where a deploy went to is chosen at the top of the page, as a regular expression. */
const CHOSEN = { 'deployment.environment.name': '$environment' } as const

/** The five questions of delivery, in the order in which they are asked. */
export const PANELS: readonly Panel[] = [
  {
    title: 'How often do we deploy?',
    description: 'Successful deploys a day, by environment.',
    operation: 'deploy',
    measure: { kind: 'count', by: 'deployment.environment.name', isShare: false },
    where: { ...CHOSEN, 'valuestream.result': 'success' },
  },
  {
    title: 'How many deploys succeed?',
    description: 'What deploys came to, as parts of the whole.',
    operation: 'deploy',
    measure: { kind: 'count', by: 'valuestream.result', isShare: true },
    where: CHOSEN,
  },
  {
    title: 'How long do issues take?',
    description: 'From opening to closing.',
    operation: 'issue',
    measure: { kind: 'duration' },
    where: {},
  },
  {
    title: 'How long do pull requests take?',
    description: 'From opening to merging; those that were closed without a merge do not count.',
    operation: 'pull_request',
    measure: { kind: 'duration' },
    where: { 'vcs.change.state': 'merged' },
  },
  {
    title: 'How long do builds take?',
    description: 'Successful ones: one that fails early says nothing.',
    operation: 'build',
    measure: { kind: 'duration' },
    where: { 'valuestream.result': 'success' },
  },
  {
    title: 'How long do deploys take?',
    description: 'Successful ones.',
    operation: 'deploy',
    measure: { kind: 'duration' },
    where: { ...CHOSEN, 'valuestream.result': 'success' },
  },
  {
    title: 'Which kind of deploy takes long?',
    description: 'Median of the successful ones, by the parameter deploy_type.',
    operation: 'deploy',
    measure: { kind: 'duration', by: 'build.parameter.deploy_type' },
    where: { ...CHOSEN, 'valuestream.result': 'success' },
  },
]
