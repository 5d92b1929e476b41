import type { SpanId } from '../../../../explorer/analysis/path/activity.ts'

/** What belongs to groups, and whether the filters let it through. */
export interface Grouped {
  readonly groups: readonly string[]
  readonly isCounted: boolean
}

/** A deploy to production that has succeeded or failed; what was cancelled or skipped has put nothing there. */
export interface Deploy extends Grouped {
  readonly spanId: SpanId
  /** Repository and environment: where the next deploy replaces this one. */
  readonly place: string
  readonly startMillis: number
  readonly endMillis: number
  readonly isError: boolean
  /** Whether it put an older revision in place of a newer one. */
  readonly isRollback: boolean
}

/** A disturbance of production. */
export interface Incident extends Grouped {
  readonly startMillis: number
  /** Undefined while it lasts. */
  readonly endMillis?: number
  /** What it links to or hangs from. */
  readonly causes: readonly SpanId[]
}

/** Something that happened, with how long it took. */
export interface Sample extends Grouped {
  readonly atMillis: number
  readonly millis: number
}

/** By place, and in the order of their starts. */
export const byPlace = (deploys: readonly Deploy[]): readonly (readonly Deploy[])[] => {
  const places = new Map<string, Deploy[]>()
  for (const deploy of [...deploys].sort(byStart)) {
    const place = places.get(deploy.place)
    if (place === undefined) places.set(deploy.place, [deploy])
    else place.push(deploy)
  }
  return [...places.values()]
}

const byStart = (a: Deploy, b: Deploy): number =>
  a.startMillis - b.startMillis || a.endMillis - b.endMillis || (a.spanId < b.spanId ? -1 : 1)

/** Each rollback that has succeeded, with what it replaced: the last success that was in place when it began. */
export const rollbacksIn = (
  place: readonly Deploy[],
): readonly { readonly rollback: Deploy; readonly replaced: Deploy }[] => {
  if (!place.some(({ isRollback }) => isRollback)) return []
  const successes = place.filter(({ isError }) => !isError).sort((a, b) => a.endMillis - b.endMillis || byStart(a, b))
  let inPlace = 0
  return place.flatMap((rollback) => {
    // In the order of their starts, so that what was in place at one is so at the next.
    while ((successes[inPlace]?.endMillis ?? Number.POSITIVE_INFINITY) <= rollback.startMillis) inPlace += 1
    const replaced = successes[inPlace - 1]
    if (!rollback.isRollback || rollback.isError || replaced === undefined || replaced.isRollback) return []
    return replaced.spanId === rollback.spanId ? [] : [{ rollback, replaced }]
  })
}
