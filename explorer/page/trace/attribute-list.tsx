import type { JSX } from 'preact'
import type { TraceSpan } from '../../api/trace.ts'
import type { AttributeValue } from '../../attribute-value.ts'
import { isIdentifying } from '../../warehouse/comparable.ts'
import { exploreHref } from '../state/query-place.ts'
import { Icon } from '../ui/icon.tsx'
import { operationPlural } from '../ui/operation.ts'
import { isWebAddress, textOfValue } from './value-text.ts'

/** All that is known of a span, each with the way to all spans that have the same. */
export const AttributeList = ({ span }: { readonly span: TraceSpan }): JSX.Element => (
  <>
    <h3>Attributes</h3>
    <dl class="attributes">
      {Object.entries(span.attributes)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Value value={value} />
              <SameHere span={span} name={name} value={value} />
            </dd>
          </div>
        ))}
    </dl>
  </>
)

const Value = ({ value }: { readonly value: AttributeValue }): JSX.Element => {
  const text = textOfValue(value)
  return isWebAddress(text) ? (
    <a href={text} target="_blank" rel="noreferrer">
      {text}
    </a>
  ) : (
    <span>{text}</span>
  )
}

/** Longer values are free text, which no two spans share. */
const MAX_VALUE = 80

interface SameHereProps {
  readonly span: TraceSpan
  readonly name: string
  readonly value: AttributeValue
}

const SameHere = ({ span, name, value }: SameHereProps): JSX.Element | null => {
  const text = textOfValue(value)
  if (typeof value === 'object' || text.length > MAX_VALUE || isIdentifying(name)) return null
  const label = `Explore ${operationPlural(span.operation)} with ${name} = ${text}`
  return (
    <a
      class="same-here"
      href={exploreHref({
        operation: span.operation,
        filters: [{ scope: 'self', name, value: text, isNot: false }],
        selection: { kind: 'slow' },
      })}
      aria-label={label}
      title={label}
    >
      <Icon name="filter" />
    </a>
  )
}
