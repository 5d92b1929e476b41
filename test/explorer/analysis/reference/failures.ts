import { byPlace, type Deploy, type Grouped, type Incident, rollbacksIn, type Sample } from './deploys.ts'

/** A change to production, and whether it made a failure there. */
export interface Outcome extends Grouped {
  readonly atMillis: number
  readonly isFailed: boolean
}

/**
 * From the deploys and incidents alone, to compare the database's with: DORA's change failure rate is the share of these that failed: deploys to production that failed themselves, that were
 * rolled back, or that an incident names as its cause. A rollback mends a change and is none itself.
 */
export const outcomesOf = (deploys: readonly Deploy[], incidents: readonly Incident[]): readonly Outcome[] => {
  const causes = new Set(incidents.flatMap((incident) => incident.causes))
  const rolledBack = new Set(
    byPlace(deploys)
      .flatMap(rollbacksIn)
      .map(({ replaced }) => replaced.spanId),
  )
  return deploys
    .filter(({ isRollback }) => !isRollback)
    .map(({ spanId, endMillis, isError, groups, isCounted }) => ({
      atMillis: endMillis,
      isFailed: isError || rolledBack.has(spanId) || causes.has(spanId),
      groups,
      isCounted,
    }))
}

/**
 * DORA's failed deployment recovery time, a sample for each failure that is over, at its end:
 *
 * - of a deploy that failed, until the next one to the same place has succeeded; failures in a row are one;
 * - of a deploy that was rolled back, from its own end to the rollback's;
 * - of an incident, how long it lasted; a deploy that it names is not counted once more for having been rolled back.
 */
export const restorationsOf = (deploys: readonly Deploy[], incidents: readonly Incident[]): readonly Sample[] => {
  const causes = new Set(incidents.flatMap((incident) => incident.causes))
  const places = byPlace(deploys)
  return [
    ...places.flatMap(recoveriesIn),
    ...places
      .flatMap(rollbacksIn)
      .filter(({ replaced }) => !causes.has(replaced.spanId))
      .map(({ rollback, replaced }) => sampleOf(replaced, replaced.endMillis, rollback.endMillis)),
    ...incidents.flatMap((incident) =>
      incident.endMillis === undefined ? [] : [sampleOf(incident, incident.startMillis, incident.endMillis)],
    ),
  ]
}

const recoveriesIn = (place: readonly Deploy[]): readonly Sample[] => {
  if (!place.some(({ isError }) => isError)) return []
  const samples: Sample[] = []
  let broken: Deploy | undefined
  for (const deploy of [...place].sort((a, b) => a.endMillis - b.endMillis)) {
    if (deploy.isError) broken ??= deploy
    else if (broken !== undefined) {
      samples.push(sampleOf(broken, broken.endMillis, deploy.endMillis))
      broken = undefined
    }
  }
  return samples
}

const sampleOf = ({ groups, isCounted }: Grouped, fromMillis: number, toMillis: number): Sample => ({
  atMillis: toMillis,
  millis: Math.max(0, toMillis - fromMillis),
  groups,
  isCounted,
})
