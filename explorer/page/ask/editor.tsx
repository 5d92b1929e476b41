import type { JSX, RefObject } from 'preact'
import { Icon } from '../ui/icon.tsx'

interface EditorProps {
  readonly sql: string
  readonly isRunning: boolean
  readonly box: RefObject<HTMLTextAreaElement | null>
  readonly onChange: (sql: string) => void
  readonly onRun: () => void
}

const ROWS = 8

export const Editor = ({ sql, isRunning, box, onChange, onRun }: EditorProps): JSX.Element => (
  <form
    class="card editor"
    onSubmit={(event) => {
      event.preventDefault()
      onRun()
    }}
  >
    <label for="sql">Your question, in DuckDB’s SQL</label>
    <textarea
      id="sql"
      ref={box}
      rows={ROWS}
      spellcheck={false}
      autocomplete="off"
      autocapitalize="off"
      placeholder="SELECT operation, count(*) FROM spans GROUP BY ALL"
      value={sql}
      onInput={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        onRun()
      }}
    />
    <div class="editor-foot">
      <button type="submit" class="button primary" disabled={sql.trim() === ''}>
        <Icon name="play" />
        {isRunning ? 'Running …' : 'Run'}
      </button>
      <span class="note">
        <kbd>Ctrl</kbd> or <kbd>⌘</kbd> with <kbd>Enter</kbd>. Read-only, with a time limit.
      </span>
    </div>
  </form>
)
