const KNOWN = ['issue', 'pull_request', 'build', 'deploy', 'review'] as const

/** The class that gives an operation its colour, the same in every view. */
export const operationClass = (operation: string): string =>
  `operation-${KNOWN.find((known) => known === operation) ?? 'other'}`

/** `pull_request` → `pull request`: how a person says it. */
export const operationName = (operation: string): string => operation.replaceAll('_', ' ')

/** `issues`, `builds`. */
export const operationPlural = (operation: string): string => `${operationName(operation)}s`
