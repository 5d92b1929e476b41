import type { Attributes } from '../delivery/attributes.ts'
import { MalformedField } from '../delivery/malformed.ts'
import { wellFormed } from '../delivery/text.ts'
import { shortened } from './text.ts'

export type Metadata = Readonly<Record<string, string | number | boolean>>

export const MAX_ENTRIES = 50
const MAX_NAME_LENGTH = 100

/** A name that speaks of a secret: what stands there goes nowhere. */
const SECRET = /pass(?:word|wd|phrase)?|secret|token|credential|private.?key|api.?key|access.?key/i

/** `event.metadata.<name>`; blank values, and those of secrets, are left out. */
export const metadataAttributes = (metadata: Metadata): Attributes => namedAttributes('event.metadata', metadata)

/** `build.parameter.<name>`, with the same left out. */
export const parameterAttributes = (parameters: Metadata): Attributes => namedAttributes('build.parameter', parameters)

const namedAttributes = (prefix: 'event.metadata' | 'build.parameter', values: Metadata): Attributes =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name, value]) => value !== '' && !SECRET.test(name))
      .map(([name, value]) => [`${prefix}.${wellFormed(name)}`, shortened(String(value))]),
  )

/** @throws MalformedField when there is more than an event should carry */
export const checkedMetadata = (field: 'metadata' | 'parameters', metadata: Metadata): Metadata => {
  const names = Object.keys(metadata)
  if (names.length > MAX_ENTRIES) throw new MalformedField(field, `has more than ${MAX_ENTRIES} entries`)
  if (names.some((name) => name.trim() === '' || name.length > MAX_NAME_LENGTH)) {
    throw new MalformedField(field, `has a name that is blank or longer than ${MAX_NAME_LENGTH} characters`)
  }
  return metadata
}

/** What of any JSON can be metadata: the plain values of an object, so far as they are not too many. */
export const plainValues = (json: unknown): Metadata =>
  typeof json !== 'object' || json === null || Array.isArray(json)
    ? {}
    : Object.fromEntries(
        Object.entries(json)
          .filter(([name, value]) => isPlain(value) && name.trim() !== '' && name.length <= MAX_NAME_LENGTH)
          .slice(0, MAX_ENTRIES),
      )

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)
