/** What belongs to groups, and whether the filters let it through. */
export interface Grouped {
  readonly groups: readonly string[]
  readonly isCounted: boolean
}

/** A deploy to production that has succeeded or failed; what was cancelled or skipped has put nothing there. */
export interface Deploy extends Grouped {
  readonly spanId: string
  /** Repository and environment: where the next deploy replaces this one. */
  readonly place: string
  readonly startMillis: number
  readonly endMillis: number
  readonly isError: boolean
  /** Whether it put an older revision in place of a newer one. */
  readonly isRollback: boolean
  /** Span ids of the pull requests that it brought: those that it links to as carried, and the one it hangs from. */
  readonly changes: readonly string[]
}

/** A disturbance of production. */
export interface Incident extends Grouped {
  readonly startMillis: number
  /** Undefined while it lasts. */
  readonly endMillis?: number
  /** Span ids of what it links to or hangs from. */
  readonly causes: readonly string[]
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
): readonly { readonly rollback: Deploy; readonly replaced: Deploy }[] =>
  place.flatMap((rollback) => {
    if (!rollback.isRollback || rollback.isError) return []
    const replaced = place
      .filter(({ isError, endMillis }) => !isError && endMillis <= rollback.startMillis)
      .reduce<Deploy | undefined>((last, one) => (last && last.endMillis >= one.endMillis ? last : one), undefined)
    return replaced === undefined || replaced.isRollback ? [] : [{ rollback, replaced }]
  })
