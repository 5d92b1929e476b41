import { keptTheme } from './kept-theme.ts'

// Stands before the style, and nothing is painted before it has run: no flash of the theme that was not chosen.
const theme = keptTheme()
if (theme !== 'auto') document.documentElement.dataset.theme = theme
