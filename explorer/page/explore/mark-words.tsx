import type { JSX } from 'preact'
import type { Mark } from '../../api/correlations.ts'
import { shortName } from '../filter/words.ts'
import { operationName } from '../ui/operation.ts'

interface MarkWordsProps {
  readonly mark: Mark
  /** Of the spans that are compared. */
  readonly operation: string
  /** Within a sentence: `a deploy with …`, and of the span itself only what it has. */
  readonly isInSentence?: boolean
}

/** What marks them, as a person says it: `deploy with deploy_type = ami`, `no build`. */
export const MarkWords = ({ mark, operation, isInSentence = false }: MarkWordsProps): JSX.Element => {
  const { scope, name } = mark
  if (scope === 'self' && isInSentence) return <Condition mark={mark} />
  const article = articleOf(mark, operation, isInSentence || name === '*')
  return (
    <>
      {article}
      <b>{whatOf(mark, operation)}</b>
      {name === '*' ? null : (
        <>
          {` ${joinOf(mark)} `}
          <Condition mark={mark} />
        </>
      )}
    </>
  )
}

const Condition = ({ mark: { name, value } }: { readonly mark: Mark }): JSX.Element => (
  <span class="mark" title={name}>
    {shortName(name)}
    {value === undefined ? null : (
      <>
        <span class="equals"> = </span>
        <b>{value === '' ? '(empty)' : value}</b>
      </>
    )}
  </span>
)

/** The same as text, for labels. */
export const markText = (mark: Mark, operation: string): string => {
  const { name, value } = mark
  const what = `${articleOf(mark, operation, name === '*')}${whatOf(mark, operation)}`
  return name === '*' ? what : `${what} ${joinOf(mark)} ${shortName(name)}${value === undefined ? '' : ` = ${value}`}`
}

/** Of other spans there may be several, also of the same operation: what is absent is absent from all of them. */
const articleOf = ({ scope, isAbsent }: Mark, operation: string, isNamed: boolean): string => {
  if (scope === 'self') return ''
  if (scope === operation) return isAbsent ? 'no other ' : 'another '
  return isAbsent ? 'no ' : isNamed ? 'a ' : ''
}

const joinOf = ({ scope, isAbsent }: Mark): string => (isAbsent && scope === 'self' ? 'without' : 'with')
const whatOf = ({ scope }: Mark, operation: string): string => operationName(scope === 'self' ? operation : scope)
