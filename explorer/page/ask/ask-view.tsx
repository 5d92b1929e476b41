import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Answer, Schema } from '../../api/ask.ts'
import { loadNewData } from '../state/data-version.ts'
import { useApi } from '../state/use-api.ts'
import { FIRST_ROWS } from '../ui/more-rows.tsx'
import { Title } from '../ui/title.tsx'
import { AnswerCard } from './answer-card.tsx'
import { askStateOf, goAsk } from './ask-state.ts'
import { Editor } from './editor.tsx'
import { Examples } from './examples.tsx'
import { insertAt } from './insert.ts'
import { SchemaCard } from './schema-card.tsx'

export const AskView = ({ parameters }: { readonly parameters: URLSearchParams }): JSX.Element => {
  const state = askStateOf(parameters)
  const [sql, setSql] = useState(state.sql)
  const editor = useRef<HTMLTextAreaElement>(null)
  const schema = useApi<Schema>('/api/schema')
  const answer = useApi<Answer>(
    state.sql === '' ? undefined : '/api/ask',
    state.sql === '' ? undefined : JSON.stringify({ sql: state.sql }),
  )
  // Going back brings back what was asked.
  useEffect(() => setSql(state.sql), [state.sql])

  const run = (text: string) => {
    if (text.trim() === '') return
    if (text === state.sql) loadNewData()
    else goAsk({ sql: text, shownAs: 'table', rows: FIRST_ROWS })
  }
  return (
    <>
      <Title text="Ask in SQL" />
      <div class="ask-grid">
        <div class="stack">
          <Editor sql={sql} isRunning={answer.isLoading} box={editor} onChange={setSql} onRun={() => run(sql)} />
          {state.sql === '' ? <Examples schema={schema} onRun={run} /> : <AnswerCard state={state} answer={answer} />}
        </div>
        <SchemaCard
          schema={schema}
          onInsert={(name) => editor.current !== null && setSql(insertAt(editor.current, name))}
          onRun={run}
          hasExamples={state.sql !== ''}
        />
      </div>
    </>
  )
}
