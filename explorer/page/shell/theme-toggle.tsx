import type { JSX } from 'preact'
import type { Theme } from '../state/kept-theme.ts'
import { chooseTheme, useTheme } from '../state/theme.ts'
import { Icon } from '../ui/icon.tsx'

const NEXT = { auto: 'light', light: 'dark', dark: 'auto' } as const
const NAMES = { auto: 'as the system', light: 'light', dark: 'dark' } as const
const ICONS = { auto: 'contrast', light: 'sun', dark: 'moon' } as const

export const ThemeToggle = (): JSX.Element => {
  const theme: Theme = useTheme()
  const label = `Theme: ${NAMES[theme]}. Change to ${NAMES[NEXT[theme]]}`
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={() => chooseTheme(NEXT[theme])}>
      <Icon name={ICONS[theme]} />
    </button>
  )
}
