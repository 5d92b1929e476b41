import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import type { AttributeNames } from '../../api/attribute-names.ts'
import { operationName } from '../ui/operation.ts'
import { shortName } from './words.ts'

interface AttributeSelectProps {
  readonly label: string
  readonly operation: string
  readonly attributes: AttributeNames['attributes']
  /** `<scope>:<name>`, or empty while none is chosen. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** The attributes, those of the span itself first, then those of the other spans of its trace. */
export const AttributeSelect = ({
  label,
  operation,
  attributes,
  value,
  onChange,
}: AttributeSelectProps): JSX.Element => {
  const id = useId()
  const scopes = [...new Set(['self', ...attributes.map(({ scope }) => scope)])]
  const isKnown = value === '' || attributes.some(({ scope, name }) => `${scope}:${name}` === value)
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {value === '' ? <option value="">Choose …</option> : null}
        {isKnown ? null : <option value={value}>{value}</option>}
        {scopes.map((scope) => (
          <optgroup
            key={scope}
            label={
              scope === 'self'
                ? `The ${operationName(operation)} itself`
                : `Any ${scope === operation ? 'other ' : ''}${operationName(scope)} of its trace`
            }
          >
            {attributes
              .filter((attribute) => attribute.scope === scope && attribute.name !== '*')
              .map(({ name, values }) => (
                <option key={name} value={`${scope}:${name}`}>
                  {`${shortName(name)} (${values})`}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}
