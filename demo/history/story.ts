import type { DeployType, IssueKind, Person, SampleRepository, Team } from './world.ts'

/** Jenkins's words. */
export type RunResult = 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'ABORTED'

export interface RunStory {
  readonly startMillis: number
  readonly endMillis: number
  readonly queueMillis: number
  readonly result: RunResult
}

export interface DeployStory extends RunStory {
  readonly environment: 'staging' | 'production'
}

export interface PushStory {
  readonly atMillis: number
  readonly sha: string
  readonly build: RunStory
}

/** How the author has said to which issue a pull request belongs. */
export type IssueLink = 'closing keyword' | 'marker in branch' | 'marker in title'

export interface PullRequestStory {
  readonly linkedBy: IssueLink
  readonly openedMillis: number
  /** The first one opens the pull request. */
  readonly pushes: readonly [PushStory, ...PushStory[]]
  readonly closedMillis: number
  /** Present when it was merged. */
  readonly mergeSha?: string
  /** They follow the merge. */
  readonly deploys: readonly DeployStory[]
}

export interface ClosingStory {
  readonly closedMillis: number
  readonly reason: 'completed' | 'not_planned'
  /** Present when the issue was opened again afterwards. */
  readonly reopenedMillis?: number
}

/** An issue and all that was done for it; what lies beyond the end of the history has not happened yet. */
export interface IssueStory {
  readonly repository: SampleRepository
  readonly team: Team
  readonly kind: IssueKind
  readonly title: string
  readonly author: Person
  readonly assignee: Person
  readonly deployType: DeployType
  readonly openedMillis: number
  readonly pullRequests: readonly PullRequestStory[]
  readonly closings: readonly ClosingStory[]
}
