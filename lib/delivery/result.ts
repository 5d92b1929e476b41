/**
 * The one vocabulary of results: OpenTelemetry's `cicd.pipeline.result` (semantic conventions 1.44).
 * `isError` decides the span's status and whether `error.type` is set.
 */
export const RESULTS = {
  success: { isError: false, deploymentStatus: 'succeeded' },
  failure: { isError: true, deploymentStatus: 'failed' },
  error: { isError: true, deploymentStatus: 'failed' },
  timeout: { isError: true, deploymentStatus: 'failed' },
  cancellation: { isError: false, deploymentStatus: undefined },
  skip: { isError: false, deploymentStatus: undefined },
} as const satisfies Record<string, { isError: boolean; deploymentStatus: 'succeeded' | 'failed' | undefined }>

export type Result = keyof typeof RESULTS
