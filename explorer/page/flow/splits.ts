/** What the figures are split by, most of the time; any other attribute may stand in the address. */
export const SPLITS = [
  { value: '', text: 'Nothing' },
  { value: 'vcs.repository.name', text: 'Repository' },
  { value: 'vcs.owner.name', text: 'Owner' },
  { value: 'issue.type', text: 'Issue type' },
  { value: 'build.parameter.deploy_type', text: 'Deploy type' },
] as const

export const splitName = (attribute: string): string =>
  SPLITS.find(({ value }) => value === attribute)?.text ?? attribute
