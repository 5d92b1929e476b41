/** A hook at GitHub whose deliveries are looked after. `app` is that of the GitHub App itself, which has no number. */
export type Hook =
  | { readonly kind: 'repository'; readonly owner: string; readonly repository: string; readonly id: string }
  | { readonly kind: 'organization'; readonly organization: string; readonly id: string }
  | { readonly kind: 'app' }

/** As it stands in the setting: `acme/shop#123`, `acme#45`, `app`. */
export const hookName = (hook: Hook): string => {
  switch (hook.kind) {
    case 'repository':
      return `${hook.owner}/${hook.repository}#${hook.id}`
    case 'organization':
      return `${hook.organization}#${hook.id}`
    case 'app':
      return 'app'
  }
}

/** One attempt to deliver a webhook. All attempts of one webhook have the same `guid`. */
export interface Delivery {
  /** Digits; as text, since GitHub's numbers are larger than a JavaScript number holds (octokit/request.js#797). */
  readonly id: string
  readonly guid: string
  readonly deliveredMillis: number
  /** Not the first attempt. */
  readonly isRedelivery: boolean
  /** What we answered; 0 when nothing came back in time. */
  readonly status: number
}

/** How many requests GitHub takes until its clock starts anew; absent where it says nothing. */
export interface Rate {
  readonly remaining: number
  readonly resetMillis: number
}

/** `limited`: too many requests; `denied`: the token is not enough; `failed`: GitHub is away. No message holds the token. */
export type Failure =
  | { readonly kind: 'limited'; readonly untilMillis: number }
  | { readonly kind: 'denied'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }

/** A page of deliveries, the newest first, and where the next one begins. */
export interface Page {
  readonly kind: 'page'
  readonly deliveries: readonly Delivery[]
  readonly next?: string
  readonly rate?: Rate
}

/** `rejected`: GitHub will never deliver this one again. */
export type Attempt =
  | { readonly kind: 'accepted'; readonly rate?: Rate }
  | { readonly kind: 'rejected'; readonly message: string; readonly rate?: Rate }
  | Failure

/** The deliveries of hooks, as GitHub keeps them. Never throws: what goes wrong is an outcome. */
export interface HookDeliveries {
  readonly list: (hook: Hook, cursor: string | undefined) => Promise<Page | Failure>
  readonly redeliver: (hook: Hook, deliveryId: string) => Promise<Attempt>
}

/** How far a hook's deliveries have been looked at; epoch milliseconds. */
export interface Progress {
  /** All that was delivered before is settled. */
  readonly lookedUntilMillis?: number
  /** GitHub wants to be left alone until then. */
  readonly restUntilMillis?: number
}

/** What is remembered between runs, for longer than GitHub keeps deliveries. Every function throws when it is away. */
export interface Redelivered {
  /**
   * Takes a webhook for this run. False when it was redelivered, or when another run has taken it within the last
   * moments; what was taken and never {@link done}, because a run died, can be taken again.
   */
  readonly firstTime: (hook: string, guid: string) => Promise<boolean>
  /** Has {@link firstTime} say no from now on. */
  readonly done: (hook: string, guid: string) => Promise<void>
  readonly progress: (hook: string) => Promise<Progress>
  readonly keep: (hook: string, progress: Progress) => Promise<void>
}
