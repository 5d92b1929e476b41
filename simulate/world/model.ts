import type { RepositoryFacts } from '../../demo/payloads/github-repository.ts'
import type { JenkinsRun } from '../../demo/payloads/jenkins-run.ts'
import type { Repository as Address } from '../../lib/delivery/activity.ts'
import type { Ci, DeployHabit } from './habits.ts'

/** What really happened in a delivery organisation. Times are epoch milliseconds; GitHub's have whole seconds. */
export interface World {
  readonly places: readonly Place[]
  readonly issues: readonly Issue[]
  readonly pulls: readonly Pull[]
  readonly landings: readonly Landing[]
  readonly runs: readonly Run[]
  readonly workflowRuns: readonly WorkflowRun[]
  readonly deployments: readonly Deployment[]
  /** The number that GitHub has given to an issue or a pull request, by the id in this world. */
  readonly numberOf: (id: string) => number
  readonly issueById: (id: string) => Issue
}

export interface Person {
  readonly login: string
  readonly id: number
}

/** A repository and the habits of those who work in it. */
export interface Place {
  readonly facts: RepositoryFacts
  readonly address: Address
  /** `acme/shop` */
  readonly fullName: string
  /** Where contributors from outside push to. */
  readonly fork: RepositoryFacts
  readonly ci: Ci
  readonly deploys: DeployHabit
}

export interface Issue {
  readonly id: string
  readonly place: Place
  readonly openedMillis: number
  readonly author: Person
  /** In order of time. */
  readonly changes: readonly IssueChange[]
}

export interface IssueChange {
  readonly action: 'labeled' | 'closed' | 'reopened'
  readonly atMillis: number
  readonly reason?: 'completed' | 'not_planned'
}

export interface Pull {
  readonly id: string
  readonly place: Place
  readonly openedMillis: number
  readonly author: Person
  readonly isDraft: boolean
  readonly isFork: boolean
  /** `main` or another branch, onto which nothing is delivered. */
  readonly base: string
  readonly branch: Branch
  readonly says: Saying
  /** What its text says once it is edited. */
  readonly saysLater?: Saying
  readonly firstSha: string
  /** In order of time, each in a second of its own. */
  readonly changes: readonly PullChange[]
}

/** How a branch is named: by words that tell nothing, by a number, by a marker, or as another pull request's. */
export type Branch =
  | { readonly kind: 'words'; readonly name: string }
  | { readonly kind: 'number'; readonly of: string | undefined; readonly before: string; readonly words: string }
  | { readonly kind: 'marker'; readonly of: string; readonly isShort: boolean; readonly words: string }

/** The issues that a pull request's texts name, by their ids. */
export interface Saying {
  readonly markers: readonly { readonly of: string; readonly in: 'title' | 'body'; readonly isShort: boolean }[]
  readonly closes: readonly { readonly of: string; readonly in: 'title' | 'body'; readonly by: Closing }[]
}
export type Closing = 'number' | 'full name' | 'address'

export type PullChange = { readonly atMillis: number } & (
  | { readonly kind: 'pushed'; readonly sha: string }
  | { readonly kind: 'reviewed'; readonly by: Person; readonly state: 'approved' | 'changes_requested' | 'commented' }
  | { readonly kind: 'review requested'; readonly of: Person }
  | { readonly kind: 'drafted' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'edited' }
  | { readonly kind: 'closed'; readonly merge?: Merge }
  | { readonly kind: 'reopened' }
)

export interface Merge {
  readonly sha: string
  readonly by: Person
  readonly style: 'squash' | 'merge commit'
}

/** A commit that came onto the default branch: by the merge of a pull request, or by a push without one. */
export interface Landing {
  readonly place: Place
  readonly sha: string
  /** When it was merged, or pushed. */
  readonly atMillis: number
  /** GitHub may notice a push a second or two after the merge that made it. */
  readonly pushedMillis: number
  readonly by: Person
  readonly pull?: Pull
  /** The issue that the message of a direct push says it fixes. */
  readonly fixes?: string
}

/** What a run is a run of, as its job's name tells it. */
export interface Job {
  readonly fullName: string
  /** Of `PR-<n>`. */
  readonly pull?: number
  /** Of a job in an organisation folder. */
  readonly folder?: Address
  /** Of a multibranch job for a branch. */
  readonly branch?: string
  readonly namesDeploy: boolean
}

/** A run of a Jenkins job. */
export interface Run {
  readonly id: string
  readonly place: Place
  readonly ciUrl: string
  readonly job: Job
  readonly number: number
  /** Which plugin reports it, if any. */
  readonly plugin?: 'gatherer' | 'notification'
  /** The commit on which GitHub shows its statuses, where the controller posts them. */
  readonly statusSha?: string
  readonly startMillis: number
  readonly endMillis: number
  /** As the controller counts, which may be a little off. */
  readonly durationMillis: number
  readonly queueMillis: number
  readonly result: JenkinsRun['result']
  readonly startedBy: Person
  readonly upstream?: { readonly job: string; readonly number: number }
  readonly parameters: Readonly<Record<string, string>>
  /** The issue or pull request that the parameter `vstrace-trace-id` names, by its key. */
  readonly marked?: string
  readonly checkout?: Checkout
  /** The key of what it was made for, where the world knows it and the reports do not leave it open. */
  readonly madeFor?: string
}

export interface Checkout {
  readonly branch: string
  readonly sha: string
  /** In Pipelines it is often only at the end that the plugins know it. */
  readonly isToldAtStart: boolean
}

/** One attempt at a run of a GitHub workflow. */
export interface WorkflowRun {
  readonly place: Place
  readonly id: number
  readonly number: number
  readonly attempt: number
  readonly event: 'pull_request' | 'push'
  readonly sha: string
  readonly branch: string
  readonly pull?: Pull
  readonly createdMillis: number
  readonly startMillis: number
  readonly endMillis: number
  readonly conclusion: 'success' | 'failure' | 'cancelled' | 'timed_out' | 'skipped'
  readonly by: Person
}

/** A deployment of GitHub. */
export interface Deployment {
  readonly place: Place
  readonly id: number
  readonly sha: string
  readonly ref: string
  readonly environment: string
  readonly isProduction: boolean
  readonly startMillis: number
  readonly endMillis: number
  readonly state: 'success' | 'failure' | 'error'
  readonly by: Person
}
