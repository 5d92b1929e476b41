import type { Issue, Place, Pull, Saying, World } from './model.ts'

/** What people have written, with the numbers that GitHub gave. */
export interface Texts {
  readonly branch: string
  readonly title: string
  readonly body: string
}

export type Numbered = Pick<World, 'numberOf' | 'issueById'>

/** The texts of a pull request, after its edit or before. */
export const textsOf = (world: Numbered, pull: Pull, isEdited: boolean): Texts => {
  const says = isEdited ? (pull.saysLater ?? pull.says) : pull.says
  const title = [titleOf(pull), ...sentences(world, pull.place, says, 'title')].join(' ')
  const body = [TEMPLATE, ...sentences(world, pull.place, says, 'body'), EXAMPLE].join('\n\n')
  return { branch: branchOf(world, pull), title, body }
}

/** Templates are full of what looks like a link. */
const TEMPLATE = '<!-- Say what it closes, as in: Closes #1 -->\nWhat was wrong, and how it is put right.'
const EXAMPLE = 'As in `git commit -m "Fixes #2"`.'

const titleOf = ({ branch, id }: Pull): string =>
  `Put right what was wrong (${branch.kind === 'words' ? branch.name : branch.words} ${id.length})`

export const branchOf = (world: Numbered, { branch, place }: Pull): string => {
  switch (branch.kind) {
    case 'words':
      return branch.name
    case 'number':
      return `${branch.before}${branch.of === undefined ? NOTHING : world.numberOf(branch.of)}-${branch.words}`
    case 'marker':
      return `${markerOf(world, place, branch.of, branch.isShort)}-${branch.words}`
  }
}

/** A number that no repository of any world reaches, as of a branch that is named by a date. */
const NOTHING = 20_260_401

const sentences = (world: Numbered, where: Place, says: Saying, place: 'title' | 'body'): readonly string[] => [
  ...says.markers
    .filter((one) => one.in === place)
    .map(({ of, isShort }) => `(${markerOf(world, where, of, isShort)})`),
  ...says.closes.filter((one) => one.in === place).map(({ of, by }) => `Closes ${nameOf(world, of, by)}.`),
]

const markerOf = (world: Numbered, where: Place, of: string, isShort: boolean): string => {
  const { place } = world.issueById(of)
  if (isShort && place.facts.owner !== where.facts.owner) throw new RangeError('the short form means the same owner')
  return `vstrace-github-issue-${isShort ? place.facts.name : place.fullName}-${world.numberOf(of)}`
}

const nameOf = (world: Numbered, of: string, by: 'number' | 'full name' | 'address'): string => {
  const issue: Issue = world.issueById(of)
  const number = world.numberOf(of)
  if (by === 'number') return `#${number}`
  return by === 'full name'
    ? `${issue.place.fullName}#${number}`
    : `https://github.com/${issue.place.fullName}/issues/${number}`
}
