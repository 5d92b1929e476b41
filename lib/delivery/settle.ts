import type { Context, Emission } from './context.ts'

/** What a backend has said of a span; `undeliverable` with its reason. */
export type Verdict = { readonly state: 'accepted' } | { readonly state: 'undeliverable'; readonly message: string }

/** Of a backend's message, since it stands in the context. */
const MAX_MESSAGE = 300

/** The context after the backend has answered for some of its emissions. One that was replaced meanwhile is left alone. */
export const settle = (context: Context, answered: readonly Emission[], verdict: Verdict): Context =>
  withEmissions(context, answered, (emission) => {
    const { message: _message, ...rest } = emission
    return verdict.state === 'accepted'
      ? { ...rest, state: 'accepted' }
      : { ...rest, state: 'undeliverable', message: verdict.message.slice(0, MAX_MESSAGE) }
  })

/** The context with what was held, in hope of a surer report, released to go out. */
export const release = (context: Context): Context =>
  withEmissions(context, heldEmissions(context), (emission) => ({ ...emission, state: 'pending' }))

/** The context with what the backend has refused to go out once more. */
export const retry = (context: Context): Context =>
  withEmissions(
    context,
    context.emissions.filter(({ state }) => state === 'undeliverable'),
    ({ message: _message, ...emission }) => ({ ...emission, state: 'pending' }),
  )

/** The emissions that the backend has not answered for: the outbox. */
export const pendingEmissions = (context: Context): readonly Emission[] =>
  context.emissions.filter(({ state }) => state === 'pending')

export const heldEmissions = (context: Context): readonly Emission[] =>
  context.emissions.filter(({ state }) => state === 'held')

/**
 * Emissions with those in their place that have gone out since by somebody who alone was to send them: what a context has of
 * the same episodes has never gone out.
 */
export const withSent = (emissions: readonly Emission[], sent: readonly Emission[]): readonly Emission[] => [
  ...emissions.filter(({ episode }) => sent.every((other) => other.episode !== episode)),
  ...sent,
]

const withEmissions = (
  context: Context,
  which: readonly Emission[],
  change: (emission: Emission) => Emission,
): Context => ({
  ...context,
  emissions: context.emissions.map((emission) =>
    which.some((other) => isSameEmission(other, emission)) ? change(emission) : emission,
  ),
})

export const isSameEmission = (a: Emission, b: Emission): boolean =>
  a.episode === b.episode && a.fingerprint === b.fingerprint && a.revision === b.revision
