/** How the builds of a repository are run and reported. */
export interface Ci {
  readonly by: 'gatherer' | 'notification' | 'statuses' | 'workflows'
  readonly ciUrl: string
  /** How often GitHub's commit statuses tell of a run beside the plugin. */
  readonly statusRate: number
  /** How often a build tells what it checked out. */
  readonly checkoutRate: number
  /** Whether pull requests of the repository itself are built as branches. */
  readonly buildsBranches: boolean
  /** Whether it builds a merge commit of its own, which GitHub does not know. */
  readonly mergesLocally: boolean
}

/** How a repository is deployed most of the time. */
export interface DeployHabit {
  readonly by: DeployWay
  readonly plugin: 'gatherer' | 'notification'
  /** What the deploy job's name is made of; without the word, the parameter `type` alone tells it. */
  readonly job: 'shop-deploy' | 'deploy-shop' | 'shop-release'
}

/**
 * `upstream`: a build's downstream; `checkout`: it checks out what it deploys; `marker`: it is told the pull request;
 * `latest`: it deploys whatever is there and names no commit; `github`: a deployment of GitHub.
 */
export type DeployWay = 'upstream' | 'checkout' | 'marker' | 'latest' | 'github'

const CI = 'https://ci.acme.example/'
const OTHER_CI = 'https://jenkins.globex.example/ci/'

/** Taken in turn, so that a world of a few repositories already has most of them. */
export const HABITS: readonly { readonly ci: Ci; readonly deploys: DeployHabit }[] = [
  {
    ci: { by: 'gatherer', ciUrl: CI, statusRate: 0.4, checkoutRate: 0.6, buildsBranches: false, mergesLocally: false },
    deploys: { by: 'upstream', plugin: 'gatherer', job: 'shop-deploy' },
  },
  {
    ci: { by: 'workflows', ciUrl: CI, statusRate: 0, checkoutRate: 0, buildsBranches: false, mergesLocally: false },
    deploys: { by: 'github', plugin: 'gatherer', job: 'deploy-shop' },
  },
  {
    ci: {
      by: 'notification',
      ciUrl: CI,
      statusRate: 0.3,
      checkoutRate: 0.7,
      buildsBranches: true,
      mergesLocally: false,
    },
    deploys: { by: 'checkout', plugin: 'notification', job: 'deploy-shop' },
  },
  {
    ci: { by: 'statuses', ciUrl: OTHER_CI, statusRate: 1, checkoutRate: 0, buildsBranches: false, mergesLocally: true },
    deploys: { by: 'marker', plugin: 'notification', job: 'shop-release' },
  },
  {
    ci: {
      by: 'gatherer',
      ciUrl: OTHER_CI,
      statusRate: 0.2,
      checkoutRate: 0.8,
      buildsBranches: true,
      mergesLocally: true,
    },
    deploys: { by: 'checkout', plugin: 'gatherer', job: 'shop-release' },
  },
  {
    ci: {
      by: 'notification',
      ciUrl: OTHER_CI,
      statusRate: 0.9,
      checkoutRate: 0.2,
      buildsBranches: false,
      mergesLocally: false,
    },
    deploys: { by: 'latest', plugin: 'gatherer', job: 'shop-deploy' },
  },
]
