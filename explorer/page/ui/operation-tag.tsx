import type { JSX } from 'preact'
import { operationClass, operationName } from './operation.ts'

export const OperationTag = ({ operation }: { readonly operation: string }): JSX.Element => (
  <span class={`operation ${operationClass(operation)}`}>
    <span class="swatch" aria-hidden="true" />
    <span class="operation-name">{operationName(operation)}</span>
  </span>
)
