import { signalOf, useSignal } from './signal.ts'

/** What a screen reader says when something changed elsewhere on the page. */
const announcement = signalOf('')

export const announce = (text: string): void => announcement.set(text)
export const useAnnouncement = (): string => useSignal(announcement)
