import type { DeployStory, IssueStory, PullRequestStory } from './story.ts'

/** The numbers that GitHub and Jenkins give, by what they are given to. */
export interface Numbers {
  readonly of: (numbered: IssueStory | PullRequestStory | DeployStory) => number
}

interface Numbered {
  /** Numbers count up within one. */
  readonly series: string
  readonly atMillis: number
  readonly item: object
}

/**
 * Numbers in the order of time: issues and pull requests of a repository share one series, and the deploys of a
 * repository are runs of one job.
 */
export const numbersOf = (issues: readonly IssueStory[]): Numbers => {
  const inOrder = issues.flatMap(numberedOf).sort((a, b) => a.atMillis - b.atMillis)
  const last = new Map<string, number>()
  const numbers = new Map<object, number>()
  for (const { series, item } of inOrder) {
    const number = (last.get(series) ?? 0) + 1
    last.set(series, number)
    numbers.set(item, number)
  }
  return {
    of: (item) => {
      const number = numbers.get(item)
      if (number === undefined) throw new RangeError('this is of another history')
      return number
    },
  }
}

const numberedOf = (issue: IssueStory): readonly Numbered[] => {
  const { name } = issue.repository
  return [
    { series: name, atMillis: issue.openedMillis, item: issue },
    ...issue.pullRequests.map((item) => ({ series: name, atMillis: item.openedMillis, item })),
    ...issue.pullRequests
      .flatMap(({ deploys }) => deploys)
      .map((item) => ({ series: `${name}-deploy`, atMillis: item.startMillis, item })),
  ]
}
