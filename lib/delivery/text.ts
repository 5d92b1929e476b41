/** JSON can hold half a character, which no other format can: it becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd')

/** The beginning of a text, of well-formed characters. */
export const beginningOf = (text: string, maxLength: number): string => wellFormed(text.slice(0, maxLength))
