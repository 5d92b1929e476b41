import { signalOf, useSignal } from './signal.ts'

export type Theme = 'auto' | 'light' | 'dark'

const KEY = 'valuestream.theme'
const THEMES: readonly Theme[] = ['auto', 'light', 'dark']

const kept = (): Theme => {
  try {
    const text = localStorage.getItem(KEY)
    return THEMES.find((theme) => theme === text) ?? 'auto'
  } catch {
    // A browser that keeps nothing for this page: the system's theme it is.
    return 'auto'
  }
}

const theme = signalOf(kept())
const darkSystem = matchMedia('(prefers-color-scheme: dark)')
const isDarkNow = () => (theme.get() === 'auto' ? darkSystem.matches : theme.get() === 'dark')
const isDark = signalOf(isDarkNow())

const apply = () => {
  document.documentElement.dataset.theme = isDarkNow() ? 'dark' : 'light'
  isDark.set(isDarkNow())
}

/** Applies what was chosen before, and follows the system from then on. */
export const startTheme = (): void => {
  apply()
  darkSystem.addEventListener('change', apply)
}

export const chooseTheme = (next: Theme): void => {
  theme.set(next)
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // It holds until the page is left.
  }
  apply()
}

export const useTheme = (): Theme => useSignal(theme)
export const useIsDark = (): boolean => useSignal(isDark)
