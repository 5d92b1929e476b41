import type { Context, Emission } from './context.ts'

/**
 * The context after the backend has answered for some of its emissions: `accepted`, or `undeliverable` when it will
 * never take them. An emission that has been replaced by a correction meanwhile is left alone.
 */
export const settle = (
  context: Context,
  answered: readonly Emission[],
  state: Exclude<Emission['state'], 'pending'>,
): Context => {
  const isAnswered = (emission: Emission): boolean =>
    answered.some(
      ({ episode, fingerprint, revision }) =>
        emission.episode === episode && emission.fingerprint === fingerprint && emission.revision === revision,
    )
  return {
    ...context,
    emissions: context.emissions.map((emission) => (isAnswered(emission) ? { ...emission, state } : emission)),
  }
}

/** The emissions that the backend has not answered for: the outbox. */
export const pendingEmissions = (context: Context): readonly Emission[] =>
  context.emissions.filter(({ state }) => state === 'pending')
