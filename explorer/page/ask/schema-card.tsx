import type { JSX } from 'preact'
import type { Schema } from '../../api/ask.ts'
import type { Loaded as State } from '../state/use-api.ts'
import { Card } from '../ui/card.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ExampleList } from './examples.tsx'

interface SchemaCardProps {
  readonly schema: State<Schema>
  readonly onInsert: (name: string) => void
  readonly onRun: (sql: string) => void
  readonly hasExamples: boolean
}

/** What can be asked of; a click puts a name into the question. */
export const SchemaCard = ({ schema, onInsert, onRun, hasExamples }: SchemaCardProps): JSX.Element => (
  <Card title="Tables" note="A click puts the name into your question." class="schema-card">
    <Loaded from={schema} skeleton={<Skeleton height={30} lines={12} />}>
      {(data) => (
        <>
          {data.tables.map(({ name, meaning, columns }) => (
            <details key={name} class="schema-table" open>
              <summary>
                <code>{name}</code>
              </summary>
              <p class="note">{meaning}</p>
              <ul class="columns">
                {columns.map((column) => (
                  <li key={column.name}>
                    <button type="button" class="column" title={column.meaning} onClick={() => onInsert(column.name)}>
                      <code>{column.name}</code> <span class="column-type">{column.type.toLowerCase()}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </details>
          ))}
          {hasExamples ? (
            <details class="schema-table">
              <summary>Examples</summary>
              <ExampleList examples={data.examples} onRun={onRun} />
            </details>
          ) : null}
        </>
      )}
    </Loaded>
  </Card>
)
