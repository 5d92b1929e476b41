import type { JSX } from 'preact'
import type { Schema } from '../../api/ask.ts'
import type { Loaded as State } from '../state/use-api.ts'
import { Card } from '../ui/card.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

interface ExamplesProps {
  readonly schema: State<Schema>
  readonly onRun: (sql: string) => void
}

export const Examples = ({ schema, onRun }: ExamplesProps): JSX.Element => (
  <Card title="Begin with one of these">
    <Loaded from={schema} skeleton={<Skeleton height={64} lines={4} />}>
      {(data) => <ExampleList examples={data.examples} onRun={onRun} />}
    </Loaded>
  </Card>
)

interface ExampleListProps {
  readonly examples: Schema['examples']
  readonly onRun: (sql: string) => void
}

export const ExampleList = ({ examples, onRun }: ExampleListProps): JSX.Element => (
  <ul class="examples">
    {examples.map(({ title, sql }) => (
      <li key={title}>
        <button type="button" class="example" onClick={() => onRun(sql)}>
          <strong>{title}</strong>
          <code>{sql}</code>
        </button>
      </li>
    ))}
  </ul>
)
