const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** The two largest units of a duration, as a person says it: `3 d 4 h`, `12 min`, `850 ms`. */
export const formatDuration = (millis: number): string => {
  const at = UNITS.findIndex(([, size]) => Math.round(millis) >= size)
  const [unit, size] = UNITS[at] ?? ['ms', 1]
  const [lesser, lesserSize] = UNITS[at + 1] ?? ['ms', 1]
  if (at === -1) return `${Math.round(millis)} ms`
  // Rounded in the smaller of the two, so that 59.9 minutes become 1 h and not 60 min.
  const inLesser = Math.round(millis / lesserSize)
  const perUnit = size / lesserSize
  const rest = inLesser % perUnit
  return [`${Math.floor(inLesser / perUnit)} ${unit}`, ...(rest === 0 ? [] : [`${rest} ${lesser}`])].join(' ')
}
