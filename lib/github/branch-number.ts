/** `12-fix-thing` as GitHub's Development panel names branches; `issue-12-x`, `gh-12`, `feature/12-x` as people do. */
const NUMBERED = /^(?:[\w.-]{1,60}\/)?(?:issues?[-_/]?|gh[-_]|#)?([1-9][0-9]{0,9})(?=[-_/]|$)/i

/** The issue number that a branch seems to name: a guess, to be believed only when such an issue is known. */
export const branchNumber = (branch: string): number | undefined => {
  const digits = NUMBERED.exec(branch)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
