import { signalOf, useSignal } from './signal.ts'

/** Grows when the reader asks for what has arrived since; every request of the page hangs from it. */
const version = signalOf(0)

export const useDataVersion = (): number => useSignal(version)
export const loadNewData = (): void => version.set(version.get() + 1)
