import type { JSX } from 'preact'
import { formatDuration } from '../../duration.ts'

const moments = new Intl.DateTimeFormat('en-CA', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })

/** `2026-09-30 14:03`, in the reader's own time zone. */
export const formatMoment = (millis: number): string => moments.format(millis).replace(',', '')

/** `2026-09-30`, UTC, as the address has it. */
export const formatDay = (millis: number): string => new Date(millis).toISOString().slice(0, 10)

export const Moment = ({ millis }: { readonly millis: number }): JSX.Element => (
  <time dateTime={new Date(millis).toISOString()} title={exact.format(millis)}>
    {formatMoment(millis)}
  </time>
)

/** How long ago, in one unit: `3 min ago`. */
export const Ago = ({ millis }: { readonly millis: number }): JSX.Element => {
  const passed = Date.now() - millis
  const text = passed < 10_000 ? 'just now' : `${formatDuration(passed).split(' ').slice(0, 2).join(' ')} ago`
  return (
    <time dateTime={new Date(millis).toISOString()} title={exact.format(millis)}>
      {text}
    </time>
  )
}
