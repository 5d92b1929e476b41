import { type ActivityKey, issueKey, pullRequestKey, type Repository, repository } from './activity.ts'

const MARKER = /vstrace-github-(issue|pull_request)-(?:([A-Za-z0-9-]{1,39})\/)?([A-Za-z0-9._-]{1,120})/gi

/** More than a text means: a body of GitHub's longest has room for a thousand, and who opens a pull request writes it. */
const MAX_MARKED = 50

/**
 * The first activities that a text names by `vstrace-github-issue-<owner>/<repo>-<number>` (or `pull_request`), in order.
 *
 * @param text a branch, a title, a body, a parameter's value
 * @param host the host that the marker means, since none stands in it
 * @param home the repository that the text stands in: it lends its owner to the form without one, and its name tells
 *   `my-app-2-12` to be number 12 of `my-app-2`; elsewhere the first number that stands alone is taken
 */
export const markedActivities = (text: string, host: string, home: Repository | undefined): readonly ActivityKey[] =>
  [...text.matchAll(MARKER)].slice(0, MAX_MARKED).flatMap(([, kind, owner, tail]) => {
    const of = owner ?? home?.owner
    const target = of === undefined || tail === undefined ? undefined : nameAndNumber(tail, of, home)
    if (of === undefined || target === undefined) return []
    const where = repository(home !== undefined && home.owner === of.toLowerCase() ? home.host : host, of, target.name)
    return [kind?.toLowerCase() === 'issue' ? issueKey(where, target.number) : pullRequestKey(where, target.number)]
  })

const nameAndNumber = (
  tail: string,
  owner: string,
  home: Repository | undefined,
): { name: string; number: number } | undefined => {
  if (home !== undefined && home.owner === owner.toLowerCase() && tail.toLowerCase().startsWith(`${home.name}-`)) {
    const number = leadingNumber(tail.slice(home.name.length + 1))
    if (number !== undefined) return { name: home.name, number }
  }
  for (let dash = tail.indexOf('-', 1); dash > 0; dash = tail.indexOf('-', dash + 1)) {
    const number = leadingNumber(tail.slice(dash + 1))
    if (number !== undefined) return { name: tail.slice(0, dash), number }
  }
  return undefined
}

/** `12` of `12`, `12-fix-it` and `12.`; none of `12th` and `0`. */
const leadingNumber = (text: string): number | undefined => {
  const digits = /^[1-9][0-9]{0,9}(?![A-Za-z0-9])/.exec(text)?.[0]
  return digits === undefined ? undefined : Number(digits)
}
