import type { Mark } from '../api/correlations.ts'

/** `deploy build.parameter.deploy_type = ami`, `pull_request`, `no build`, `deploy without deployment.url`. */
export const markText = ({ scope, name, value, isAbsent }: Mark): string => {
  if (name === '*') return isAbsent ? `no ${scope}` : scope
  const attribute = scope === 'self' ? name : `${scope} ${name}`
  if (isAbsent) return value === undefined ? without(scope, name) : `${attribute} ≠ ${value}`
  return value === undefined ? `${attribute} is there` : `${attribute} = ${value}`
}

const without = (scope: string, name: string): string =>
  scope === 'self' ? `without ${name}` : `${scope} without ${name}`

/** Cut in the middle, since both the operation and the value are worth reading. */
export const shortened = (text: string, width: number): string => {
  if (text.length <= width) return text
  const tail = Math.ceil((width - 1) * 0.6)
  return `${text.slice(0, Math.max(0, width - 1 - tail))}…${text.slice(text.length - tail)}`
}
