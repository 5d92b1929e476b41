import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { AttributeNames } from '../../api/attribute-names.ts'
import { type Filter, textOf } from '../../query.ts'
import { Icon } from '../ui/icon.tsx'
import { AddFilter } from './add-filter.tsx'
import { filterWords } from './words.ts'

interface FilterBarProps {
  readonly operation: string
  readonly filters: readonly Filter[]
  /** What can be filtered by; undefined while it is not known. */
  readonly attributes: AttributeNames['attributes'] | undefined
  readonly onAdd: (filter: Filter) => void
  readonly onRemove: (filter: Filter) => void
}

/** The conditions that hold now, each with its way out, and the way to one more. */
export const FilterBar = ({ operation, filters, attributes, onAdd, onRemove }: FilterBarProps): JSX.Element => {
  const [isAdding, setAdding] = useState(false)
  return (
    <div class="filter-bar">
      <ul class="chips" aria-label="Filters">
        {filters.map((filter) => (
          <li key={textOf(filter)} class="chip">
            <span>{filterWords(filter, operation)}</span>
            <button
              type="button"
              aria-label={`Remove: ${filterWords(filter, operation)}`}
              onClick={() => onRemove(filter)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="button quiet" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
        <Icon name="plus" />
        Filter
      </button>
      {isAdding ? (
        <AddFilter
          operation={operation}
          attributes={attributes ?? []}
          onClose={() => setAdding(false)}
          onAdd={(filter) => {
            setAdding(false)
            onAdd(filter)
          }}
        />
      ) : null}
    </div>
  )
}
