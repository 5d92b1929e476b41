import { table } from './table.ts'

const OPERATIONS = ['issue', 'pull_request', 'build', 'deploy']

/** How many of each kind, in the order of the flow. */
export const numbersTable = (operations: readonly string[]): string =>
  table(OPERATIONS.map((operation) => [operation, String(operations.filter((name) => name === operation).length)]))
