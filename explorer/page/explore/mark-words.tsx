import type { JSX } from 'preact'
import type { Mark } from '../../api.ts'
import { shortName } from '../filter/words.ts'
import { operationName } from '../ui/operation-tag.tsx'

interface MarkWordsProps {
  readonly mark: Mark
  /** Of the spans that are compared. */
  readonly operation: string
}

/** What marks them, as a person says it: `deploy with deploy_type = ami`, `no build`. */
export const MarkWords = ({ mark, operation }: MarkWordsProps): JSX.Element => {
  const { name, value, isAbsent } = mark
  const what = operationName(mark.scope === 'self' ? operation : mark.scope)
  if (name === '*') {
    return (
      <>
        {isAbsent ? 'no ' : 'a '}
        <b>{what}</b>
      </>
    )
  }
  return (
    <>
      <b>{what}</b> {isAbsent ? 'without' : 'with'}{' '}
      <span class="mark" title={name}>
        {shortName(name)}
        {value === undefined ? null : (
          <>
            <span class="equals"> = </span>
            <b>{value === '' ? '(empty)' : value}</b>
          </>
        )}
      </span>
    </>
  )
}

/** The same as text, for labels. */
export const markText = ({ scope, name, value, isAbsent }: Mark, operation: string): string => {
  const what = operationName(scope === 'self' ? operation : scope)
  if (name === '*') return `${isAbsent ? 'no' : 'a'} ${what}`
  return `${what} ${isAbsent ? 'without' : 'with'} ${shortName(name)}${value === undefined ? '' : ` = ${value}`}`
}
