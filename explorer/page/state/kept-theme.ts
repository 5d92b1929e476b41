export type Theme = 'auto' | 'light' | 'dark'

const KEY = 'valuestream.theme'
const THEMES: readonly Theme[] = ['auto', 'light', 'dark']

export const keptTheme = (): Theme => {
  try {
    const text = localStorage.getItem(KEY)
    return THEMES.find((theme) => theme === text) ?? 'auto'
  } catch {
    // A browser that keeps nothing for this page: the system's theme it is.
    return 'auto'
  }
}

export const keepTheme = (theme: Theme): void => {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // It holds until the page is left.
  }
}
