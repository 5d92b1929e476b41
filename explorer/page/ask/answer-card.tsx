import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Answer } from '../../api/ask.ts'
import { announce } from '../state/announce.ts'
import type { Loaded as State } from '../state/use-api.ts'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { formatCount, formatNumber } from '../ui/format.ts'
import { MoreRows } from '../ui/more-rows.tsx'
import { Segments } from '../ui/segments.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AnswerChart } from './answer-chart.tsx'
import { AnswerTable } from './answer-table.tsx'
import { type AskState, goAsk, shownAsOf } from './ask-state.ts'
import { CsvButtons } from './csv-buttons.tsx'
import { isDrawable } from './drawable.ts'

interface AnswerCardProps {
  readonly state: AskState
  readonly answer: State<Answer>
}

const KINDS = [
  { value: 'table', text: 'Table' },
  { value: 'bar', text: 'Bars' },
  { value: 'line', text: 'Line' },
] as const

export const AnswerCard = ({ state, answer }: AnswerCardProps): JSX.Element => {
  const { data, error, isLoading } = answer
  useEffect(() => {
    if (data !== undefined && !isLoading) announce(`${formatCount(data.rows.length, 'row')}.`)
  }, [data, isLoading])
  const canDraw = data !== undefined && isDrawable(data)
  return (
    <Card
      title="Answer"
      note={error === undefined ? lineOf(data) : 'The database says:'}
      isBusy={isLoading}
      actions={
        data === undefined ? undefined : (
          <>
            {canDraw ? (
              <Segments
                label="Shown as"
                value={state.shownAs}
                options={KINDS}
                onChange={(kind) => goAsk({ ...state, shownAs: shownAsOf(kind) }, { replace: true })}
              />
            ) : null}
            <CsvButtons answer={data} />
          </>
        )
      }
    >
      {error !== undefined ? (
        <pre class="database-error" role="alert">
          {error.message}
        </pre>
      ) : data === undefined ? (
        <Skeleton height={36} lines={6} />
      ) : data.rows.length === 0 ? (
        <Empty title="No rows" />
      ) : canDraw && state.shownAs !== 'table' ? (
        <AnswerChart answer={data} shownAs={state.shownAs} />
      ) : (
        <>
          <AnswerTable answer={data} rows={state.rows} />
          <MoreRows
            shown={Math.min(state.rows, data.rows.length)}
            of={data.rows.length}
            onShow={(rows) => goAsk({ ...state, rows }, { replace: true })}
          />
        </>
      )}
    </Card>
  )
}

const lineOf = (answer: Answer | undefined): string =>
  answer === undefined
    ? 'Asking …'
    : `${formatCount(answer.rows.length, 'row')}${answer.isCut ? ', and more that are not shown' : ''} · ${formatNumber(answer.tookMillis)} ms`
