import type { JSX } from 'preact'
import type { Answer } from '../../api/ask.ts'
import { TableBox } from '../ui/table-box.tsx'
import type { Cell } from './drawable.ts'

export const AnswerTable = ({
  answer,
  rows,
}: {
  readonly answer: Answer
  /** At most. */
  readonly rows: number
}): JSX.Element => (
  <TableBox label="Rows of the answer" isTall>
    <table class="table answer">
      <thead>
        <tr>
          {answer.columns.map(({ name, type }, index) => (
            // Two columns may have the same name.
            <th key={index} scope="col" title={type} class={isNumberColumn(answer, index) ? 'number' : ''}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answer.rows.slice(0, rows).map((row, at) => (
          <tr key={at}>
            {row.map((cell, index) => (
              <td key={index} class={typeof cell === 'number' ? 'number' : ''}>
                <CellText cell={cell} name={answer.columns[index]?.name ?? ''} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </TableBox>
)

const isNumberColumn = ({ rows }: Answer, index: number): boolean => rows.some((row) => typeof row[index] === 'number')

/** A trace's id is the way to it. */
const CellText = ({ cell, name }: { readonly cell: Cell; readonly name: string }): JSX.Element => {
  if (cell === null) return <span class="null">null</span>
  const text = String(cell)
  return name === 'trace_id' && /^[0-9a-f]{32}$/.test(text) ? (
    <a href={`/traces/${text}`}>{text}</a>
  ) : (
    <span>{text}</span>
  )
}
