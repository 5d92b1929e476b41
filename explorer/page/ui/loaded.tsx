import type { JSX } from 'preact'
import type { Loaded as State } from '../state/use-api.ts'
import { Problem } from './problem.tsx'

interface LoadedProps<T> {
  readonly from: State<T>
  /** Of the size of what comes. */
  readonly skeleton: JSX.Element
  readonly children: (data: T) => JSX.Element | null
}

/** What was loaded, or what stands there until it is, or what went wrong. */
export const Loaded = <T,>({ from, skeleton, children }: LoadedProps<T>): JSX.Element | null => {
  if (from.error !== undefined) return <Problem error={from.error} retry={from.retry} />
  return from.data === undefined ? skeleton : children(from.data)
}
