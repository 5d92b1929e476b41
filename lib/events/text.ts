/** What of a text goes into an attribute. */
const MAX_LENGTH = 1000

/** JSON can hold half a character, which no other format can. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')

export const shortened = (text: string | null | undefined): string | undefined =>
  text == null ? undefined : wellFormed(text.slice(0, MAX_LENGTH))
