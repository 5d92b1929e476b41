import type { JSX } from 'preact'
import type { Mark } from '../../api.ts'
import { shortName } from '../filter/words.ts'
import { operationName } from '../ui/operation-tag.tsx'

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
  const article = isNo(mark) ? 'no ' : isInSentence || name === '*' ? 'a ' : ''
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
  const what = `${isNo(mark) ? 'no ' : name === '*' ? 'a ' : ''}${whatOf(mark, operation)}`
  return name === '*' ? what : `${what} ${joinOf(mark)} ${shortName(name)}${value === undefined ? '' : ` = ${value}`}`
}

/** Of other spans there may be several: what is absent is absent from all of them. */
const isNo = ({ scope, isAbsent }: Mark): boolean => isAbsent && scope !== 'self'
const joinOf = ({ scope, isAbsent }: Mark): string => (isAbsent && scope === 'self' ? 'without' : 'with')
const whatOf = ({ scope }: Mark, operation: string): string => operationName(scope === 'self' ? operation : scope)
