import type { Filter } from '../../query.ts'
import { operationName } from '../ui/operation.ts'

const PREFIXES = ['build.parameter.', 'event.metadata.'] as const

/** An attribute's name without what goes without saying: `build.parameter.deploy_type` → `deploy_type`. */
export const shortName = (name: string): string => {
  const prefix = PREFIXES.find((known) => name.startsWith(known) && name.length > known.length)
  return prefix === undefined ? name : name.slice(prefix.length)
}

/** `deploy: deploy_type = ami`, `no build`, `issue: type ≠ bug`: a filter as a person says it. */
export const filterWords = ({ scope, name, value, isNot }: Filter, operation: string): string => {
  const what =
    scope === operation ? `other ${operationName(scope)}` : operationName(scope === 'self' ? operation : scope)
  if (name === '*') return `${isNot ? 'no' : 'has'} ${what}`
  // Of other spans there may be several: what is not so is so of none of them.
  const [before, equals] = isNot ? (scope === 'self' ? ['', '≠'] : ['no ', '=']) : ['', '=']
  if (value !== undefined) return `${before}${what}: ${shortName(name)} ${equals} ${value}`
  return `${before}${what} ${isNot && scope === 'self' ? 'without' : 'with'} ${shortName(name)}`
}
