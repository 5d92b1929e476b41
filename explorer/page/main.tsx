import './css/tokens.css'
import './css/base.css'
import './css/shell.css'
import './css/controls.css'
import './css/card.css'
import './css/states.css'
import './css/explore.css'
import './css/findings.css'
import './css/flow.css'
import './css/trace.css'
import './css/ask.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { startTheme } from './state/theme.ts'

startTheme()
const root = document.getElementById('app')
if (root !== null) render(<App />, root)
