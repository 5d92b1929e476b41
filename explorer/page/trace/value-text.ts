import type { AttributeValue } from '../../attribute-value.ts'

/** Any attribute's value on one line. */
export const textOfValue = (value: AttributeValue): string =>
  Array.isArray(value)
    ? value.map(textOfValue).join(', ')
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : String(value)

/** Only what is an http address becomes a link: `javascript:` is an address as well. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s]+$/.test(text)
