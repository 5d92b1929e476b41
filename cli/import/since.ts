import { InvalidArgumentError } from 'commander'

/** `2026-01-01`, or a time in ISO 8601, as GitHub writes times: whole seconds, UTC. */
export const sinceTime = (text: string): string => {
  const millis = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(millis)) throw new InvalidArgumentError('It is a day such as 2026-01-01, or a time in ISO 8601.')
  return `${new Date(millis).toISOString().slice(0, 19)}Z`
}
