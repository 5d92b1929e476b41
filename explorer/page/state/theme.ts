import { keepTheme, keptTheme, type Theme } from './kept-theme.ts'
import { signalOf, useSignal } from './signal.ts'

const theme = signalOf(keptTheme())
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
  keepTheme(next)
  apply()
}

export const useTheme = (): Theme => useSignal(theme)
export const useIsDark = (): boolean => useSignal(isDark)
