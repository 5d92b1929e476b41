import { MalformedField } from '../delivery/malformed.ts'

/** A date, a time and an offset; RFC 3339 allows lower case, ISO 8601 an offset without colon. */
const ISO_8601 = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:(Z)|([+-]\d{2}):?(\d{2}))$/i

/** 1973 and 2286: what is below is in seconds, and OTLP's nanoseconds end in 2554. */
const [SMALLEST_MILLIS, LARGEST_MILLIS] = [1e11, 1e13]

/** Epoch milliseconds of an ISO 8601 time with its offset, or of epoch milliseconds; undefined when it is neither. */
export const millisOf = (time: unknown): number | undefined => {
  const millis = typeof time === 'string' ? parsed(time) : typeof time === 'number' ? Math.round(time) : Number.NaN
  return millis >= SMALLEST_MILLIS && millis < LARGEST_MILLIS ? millis : undefined
}

const parsed = (time: string): number => {
  const [, date, clock, zulu, hours, minutes] = ISO_8601.exec(time) ?? []
  return date === undefined ? Number.NaN : Date.parse(`${date}T${clock}${zulu ? 'Z' : `${hours}:${minutes}`}`)
}

/** @throws MalformedField when it is no time */
export const requiredMillis = (path: string, time: unknown): number => {
  const millis = millisOf(time)
  if (millis === undefined) {
    throw new MalformedField(path, 'is not a time: say 2026-03-01T12:00:00Z, or the milliseconds since 1970')
  }
  return millis
}
