import { fingerprintOf } from '../delivery/identity.ts'
import type { Failure, Rate } from '../redeliver/ports.ts'
import type { Told } from './due.ts'
import type { Commented, Comments } from './ports.ts'
import { commentText, markerOf } from './text.ts'

/** `silent`: nothing was to be written, since it stands there already, or somebody has deleted it. */
export type Saying = { readonly kind: 'posted' | 'changed' | 'silent'; readonly rate?: Rate } | Failure

export interface SayDependencies {
  readonly comments: Comments
  readonly commented: Commented
  readonly traceUrl: string
}

/**
 * Writes an activity's comment, or changes the one that there is. Once said, the same is not said again; nor where it was
 * denied.
 */
export const say = async (told: Told, dependencies: SayDependencies): Promise<Saying> => {
  const { commented, traceUrl } = dependencies
  const body = commentText(told, traceUrl)
  const fingerprint = fingerprintOf(body)
  const said = await commented.said(told.key)
  if (said?.fingerprint === fingerprint) return { kind: 'silent' }
  const { saying, commentId } = await written(told, body, said?.commentId, dependencies)
  if (saying.kind !== 'limited' && saying.kind !== 'failed') {
    await commented.keepSaid(told.key, { fingerprint, ...(commentId === undefined ? {} : { commentId }) })
  }
  return saying
}

interface Written {
  readonly saying: Saying
  readonly commentId?: string
}

const written = async (
  { key, thread }: Told,
  body: string,
  knownId: string | undefined,
  { comments }: SayDependencies,
): Promise<Written> => {
  // A run may have died between the comment and the memory of it.
  const found = knownId === undefined ? await comments.find(thread, markerOf(key)) : undefined
  if (found !== undefined && found.kind !== 'found') return { saying: found }
  const commentId = knownId ?? found?.comment?.id
  if (commentId === undefined) {
    const posted = await comments.post(thread, body)
    return posted.kind === 'posted' ? { saying: posted, commentId: posted.id } : { saying: posted }
  }
  const changed = await comments.change(thread, commentId, body)
  return { saying: changed.kind === 'gone' ? { ...changed, kind: 'silent' } : changed, commentId }
}
