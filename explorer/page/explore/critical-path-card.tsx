import type { JSX } from 'preact'
import type { CriticalPath } from '../../api/critical-path.ts'
import { formatDuration } from '../../duration.ts'
import type { Query } from '../../query.ts'
import { useApi } from '../state/use-api.ts'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { formatShare } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { operationClass, operationName, operationPlural } from '../ui/operation.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { populationPath } from './explore-state.ts'

type Part = CriticalPath['parts'][number]

/** Where the time goes: each operation's and each wait's share of the whole. */
export const CriticalPathCard = ({ query }: { readonly query: Query }): JSX.Element => {
  const path = useApi<CriticalPath>(populationPath('critical-path', query))
  return (
    <Card
      title="Where the time goes"
      note={noteOf(path.data, query.operation)}
      isBusy={path.isLoading}
      class="path-card"
    >
      <Loaded from={path} skeleton={<Skeleton height={200} />}>
        {(data) => (data.parts.length === 0 ? <Empty title="No time to share out" /> : <Parts parts={data.parts} />)}
      </Loaded>
    </Card>
  )
}

/** The one figure that most people have never seen: how much of it nobody worked. */
const noteOf = (path: CriticalPath | undefined, operation: string): string => {
  if (path === undefined || path.parts.length === 0) return `Of all the time of these ${operationPlural(operation)}.`
  const waiting = path.parts.filter(({ kind }) => kind === 'wait').reduce((sum, { share }) => sum + share, 0)
  if (waiting === 0) return 'None of it is waiting.'
  return `${formatShare(waiting)} of all the time of these ${operationPlural(operation)} is waiting: the hatched parts.`
}

const nameOf = ({ kind, name }: Part): string =>
  kind === 'work' ? `${operationName(name)} at work` : `waiting for ${operationName(name)}`

const Parts = ({ parts }: { readonly parts: readonly Part[] }): JSX.Element => {
  const sorted = [...parts].sort((one, other) => other.share - one.share)
  return (
    <>
      <div class="path-bar" aria-hidden="true">
        {sorted.map((part) => (
          <span
            key={`${part.kind} ${part.name}`}
            class={`path-part ${part.kind} ${operationClass(part.name)}`}
            style={{ flexGrow: part.share }}
            title={`${nameOf(part)}: ${formatShare(part.share)}`}
          />
        ))}
      </div>
      <ul class="path-list">
        {sorted.map((part) => (
          <li key={`${part.kind} ${part.name}`}>
            <span class={`swatch ${part.kind} ${operationClass(part.name)}`} aria-hidden="true" />
            <span>{nameOf(part)}</span>
            <strong>{formatShare(part.share)}</strong>
            <span class="note">median {formatDuration(part.medianMillis)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
