import type { JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { AttributeNames } from '../../api/attribute-names.ts'
import type { Filter } from '../../query.ts'
import { Select } from '../ui/select.tsx'
import { AttributeSelect } from './attribute-select.tsx'

interface AddFilterProps {
  readonly operation: string
  readonly attributes: AttributeNames['attributes']
  readonly onAdd: (filter: Filter) => void
  readonly onClose: () => void
}

const CONDITIONS = [
  { value: 'is', text: 'is' },
  { value: 'is-not', text: 'is not' },
  { value: 'has', text: 'is there' },
  { value: 'has-not', text: 'is not there' },
] as const

/** One condition: an attribute, of the span or of another one of its trace, and its value. */
export const AddFilter = ({ operation, attributes, onAdd, onClose }: AddFilterProps): JSX.Element => {
  const [key, setKey] = useState('')
  const [condition, setCondition] = useState('is')
  const [value, setValue] = useState('')
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('select')?.focus(), [])

  const attribute = attributes.find(({ scope, name }) => `${scope}:${name}` === key)
  const takesValue = condition === 'is' || condition === 'is-not'
  const add = (event: Event) => {
    event.preventDefault()
    if (attribute === undefined) return
    const { scope, name } = attribute
    onAdd({ scope, name, ...(takesValue ? { value } : {}), isNot: condition.endsWith('not') })
  }

  return (
    <form
      ref={form}
      class="add-filter"
      aria-label="Add a filter"
      onSubmit={add}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <AttributeSelect label="Attribute" operation={operation} attributes={attributes} value={key} onChange={setKey} />
      <Select label="Condition" value={condition} options={CONDITIONS} onChange={setCondition} />
      {takesValue ? (
        <div class="field">
          <label for={id}>Value</label>
          <input
            id={id}
            value={value}
            list={`${id}-values`}
            autocomplete="off"
            maxLength={300}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
          <datalist id={`${id}-values`}>
            {attribute?.frequent.map((frequent) => (
              <option key={frequent} value={frequent} />
            ))}
          </datalist>
        </div>
      ) : null}
      <button type="submit" class="button primary" disabled={attribute === undefined}>
        Add
      </button>
      <button type="button" class="button quiet" onClick={onClose}>
        Cancel
      </button>
    </form>
  )
}
