import type { Context as Invocation } from 'aws-lambda'
import { type CommentDependencies, type CommentReport, comment } from '../comment/comment.ts'
import { deadlineOf } from './deadline.ts'
import { failureFields } from './failure-fields.ts'
import { commentFigures } from './figures.ts'
import type { Log } from './log.ts'

export type CommentHandler = (
  event: unknown,
  invocation: Pick<Invocation, 'awsRequestId' | 'getRemainingTimeInMillis'>,
) => Promise<readonly CommentReport[]>

/**
 * A Lambda that comments on what was closed, by schedule. `prepare` gives undefined where that is switched off. It throws
 * when a setting is wrong or the table is away, which Lambda counts as an error.
 */
export const commentHandler =
  (prepare: () => Promise<Omit<CommentDependencies, 'deadlineMillis'> | undefined>, log: Log): CommentHandler =>
  async (_event, invocation) => {
    const { awsRequestId: requestId } = invocation
    const dependencies = await prepare()
    if (dependencies === undefined) {
      log('info', 'nothing is commented on: that takes TRACE_COMMENTS=on and GITHUB_TOKEN', { requestId })
      return []
    }
    const deadlineMillis = deadlineOf(dependencies.now(), invocation)
    const report = await comment({ ...dependencies, deadlineMillis })
    const { failure, ...counts } = report
    const isWell = failure === undefined || failure.kind === 'limited'
    const fields = { requestId, ...counts, ...failureFields(failure) }
    log(isWell ? 'info' : 'warn', 'commented on what was closed', fields, commentFigures(report))
    return [report]
  }
