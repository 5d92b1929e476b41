import type { JSX } from 'preact'
import type { Correlations } from '../../api/correlations.ts'
import type { Loaded as State } from '../state/use-api.ts'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { formatCount, formatNumber } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { operationPlural } from '../ui/operation.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { type ExploreState, hrefOfState } from './explore-state.ts'
import { FindingList } from './finding-list.tsx'
import { Fold } from './fold.tsx'
import { Headline } from './headline.tsx'
import { LeftOut } from './left-out.tsx'
import { selectionWords } from './question.ts'
import { WeakFindings } from './weak-findings.tsx'

interface FindingsCardProps {
  readonly state: ExploreState
  readonly correlations: State<Correlations>
}

/** What the selected ones have in common that the others have not. */
export const FindingsCard = ({ state, correlations }: FindingsCardProps): JSX.Element => (
  <Card
    title="What they have in common"
    note={correlations.data === undefined ? 'Comparing …' : comparedLine(state, correlations.data)}
    isBusy={correlations.isLoading}
    class="findings-card"
  >
    <Loaded from={correlations} skeleton={<Skeleton height={112} lines={4} />}>
      {(data) => (
        <>
          {data.passing.length === 0 ? (
            <NothingPasses state={state} reason={data.reason} />
          ) : (
            <Passing state={state} data={data} />
          )}
          {data.weak.length === 0 ? null : <WeakFindings state={state} weak={data.weak} />}
          <LeftOut state={state} correlations={data} />
        </>
      )}
    </Loaded>
  </Card>
)

const comparedLine = ({ query }: ExploreState, { population, selection }: Correlations): string =>
  `${formatCount(selection.count, selectionWords(query))} compared with the other ${formatNumber(
    Math.max(0, population.count - selection.count),
  )} ${operationPlural(query.operation)}.`

/** So many are seen at once: whoever wants more has not found it in the strongest. */
const SEEN = 5

const Passing = ({ state, data }: { readonly state: ExploreState; readonly data: Correlations }): JSX.Element => {
  const [first] = data.passing
  const more = data.passing.slice(SEEN)
  return (
    <>
      {first === undefined ? null : <Headline query={state.query} finding={first} />}
      <FindingList state={state} findings={data.passing.slice(0, SEEN)} from={0} />
      {more.length === 0 ? null : (
        <Fold state={state} part="more" summary={formatCount(more.length, 'more finding')}>
          <FindingList state={state} findings={more} from={SEEN} />
        </Fold>
      )}
    </>
  )
}

interface NothingPassesProps {
  readonly state: ExploreState
  readonly reason: string | undefined
}

const NothingPasses = ({ state, reason }: NothingPassesProps): JSX.Element => {
  const other = state.query.selection.kind === 'failed' ? 'slow' : 'failed'
  return (
    <Empty title="Nothing stands out">
      <p>{reason ?? 'What the selected ones have in common, the others have as often.'}</p>
      <p>
        Drag over another part of the histogram, or{' '}
        <a href={hrefOfState({ ...state, query: { ...state.query, selection: { kind: other } } })}>
          compare the {other} ones
        </a>
        .
      </p>
    </Empty>
  )
}
