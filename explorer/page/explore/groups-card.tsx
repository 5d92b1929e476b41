import type { JSX } from 'preact'
import type { AttributeNames } from '../../api/attribute-names.ts'
import type { Correlation } from '../../api/correlations.ts'
import type { Groups } from '../../api/groups.ts'
import { AttributeSelect } from '../filter/attribute-select.tsx'
import { shortName } from '../filter/words.ts'
import { useApi } from '../state/use-api.ts'
import { Card } from '../ui/card.tsx'
import { formatCount } from '../ui/format.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { type ExploreState, go, populationPath } from './explore-state.ts'
import { GroupsTable } from './groups-table.tsx'
import { useSeen } from './use-seen.ts'

interface GroupsCardProps {
  readonly state: ExploreState
  readonly attributes: AttributeNames['attributes'] | undefined
  /** What is grouped by as long as nobody has chosen. */
  readonly first: Correlation | undefined
}

/** The population by the values of one attribute. */
export const GroupsCard = ({ state, attributes, first }: GroupsCardProps): JSX.Element | null => {
  const by = state.by ?? byOf(attributes, first)
  const groups = useApi<Groups>(by === undefined ? undefined : populationPath('groups', state.query, { by }))
  const box = useSeen(state.by)
  if (attributes?.length === 0) return null
  const name = by === undefined ? '…' : shortName(by.slice(by.indexOf(':') + 1))
  return (
    <Card
      title={`By ${name}`}
      isBusy={groups.isLoading}
      class="groups-card"
      box={box}
      actions={
        <AttributeSelect
          label="Group by"
          operation={state.query.operation}
          attributes={attributes ?? []}
          value={by ?? ''}
          onChange={(chosen) => go({ ...state, by: chosen })}
        />
      }
    >
      <Loaded from={groups} skeleton={<Skeleton height={38} lines={5} />}>
        {(data) => (
          <>
            <GroupsTable state={state} groups={data} />
            {data.cut === 0 ? null : <p class="note">{formatCount(data.cut, 'smaller group')} not shown.</p>}
          </>
        )}
      </Loaded>
    </Card>
  )
}

const byOf = (attributes: AttributeNames['attributes'] | undefined, first: Correlation | undefined) => {
  const mark = first?.marks.find(({ name }) => name !== '*')
  if (mark !== undefined) return `${mark.scope}:${mark.name}`
  const attribute = attributes?.find(({ name }) => name !== '*')
  return attribute === undefined ? undefined : `${attribute.scope}:${attribute.name}`
}
