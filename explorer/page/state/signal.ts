import { useEffect, useState } from 'preact/hooks'

/** A value that many components read and few write. */
export interface Signal<T> {
  readonly get: () => T
  readonly set: (value: T) => void
  readonly subscribe: (listener: () => void) => () => void
}

export const signalOf = <T>(initial: T): Signal<T> => {
  const listeners = new Set<() => void>()
  let value = initial
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useSignal = <T>(signal: Signal<T>): T => {
  const [value, setValue] = useState(signal.get)
  useEffect(() => {
    const update = () => setValue(() => signal.get())
    // It may have changed between the first rendering and this effect.
    update()
    return signal.subscribe(update)
  }, [signal])
  return value
}
