/** A JSON object that is handed on as it came; only what is needed of it is read. */
export type JsonObject = { readonly [name: string]: unknown }

/** What a webhook would have carried, made of what an API tells afterwards. */
export interface HistoryWebhook {
  readonly source: 'github' | 'jenkins'
  /** GitHub's name of the event. */
  readonly event?: string
  readonly payload: JsonObject
}

/** All that is told of one activity, in the order in which it happened. */
export type Told = readonly HistoryWebhook[]

export const githubWebhook = (event: string, payload: JsonObject): HistoryWebhook => ({
  source: 'github',
  event,
  payload,
})
