import type { Filter } from '../../query.ts'
import { textOf } from '../../query.ts'
import { hrefOf, navigate } from '../state/location.ts'
import { askedOf } from '../state/query-place.ts'

const INTERVALS = ['day', 'week', 'month'] as const
export type Interval = (typeof INTERVALS)[number]

/** All that *Flow* shows follows from this, and this from the address. */
export interface FlowState {
  readonly fromMillis?: number
  readonly toMillis?: number
  /** Undefined: one that suits the time. */
  readonly interval?: Interval
  /** The attribute that the figures are split by. */
  readonly by?: string
  readonly filters: readonly Filter[]
}

export const intervalOf = (text: string | null): Interval | undefined => INTERVALS.find((known) => known === text)

export const flowStateOf = (
  parameters: URLSearchParams,
): { readonly state: FlowState } | { readonly problem: string } => {
  const asked = askedOf(parameters)
  if ('problem' in asked) return asked
  const { fromMillis, toMillis, filters } = asked.query
  const by = parameters.get('by')
  const interval = intervalOf(parameters.get('interval'))
  return {
    state: {
      ...(fromMillis === undefined ? {} : { fromMillis }),
      ...(toMillis === undefined ? {} : { toMillis }),
      ...(interval === undefined ? {} : { interval }),
      ...(by ? { by } : {}),
      filters,
    },
  }
}

export const flowParameters = ({ fromMillis, toMillis, interval, by, filters }: FlowState): URLSearchParams => {
  const parameters = new URLSearchParams()
  if (interval !== undefined) parameters.set('interval', interval)
  if (fromMillis !== undefined) parameters.set('from', new Date(fromMillis).toISOString())
  if (toMillis !== undefined) parameters.set('to', new Date(toMillis).toISOString())
  if (by !== undefined) parameters.set('by', by)
  for (const filter of filters) parameters.append('filter', textOf(filter))
  return parameters
}

export const goFlow = (state: FlowState): void => navigate(hrefOf('/flow', flowParameters(state)))
export const flowPath = (state: FlowState): string => hrefOf('/api/flow', flowParameters(state))
