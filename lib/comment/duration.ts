const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** `2 d 1 h`: the two largest units of a duration, without what is nothing. */
export const durationText = (millis: number): string => {
  const at = UNITS.findIndex(([, unitMillis]) => millis >= unitMillis)
  if (at === -1) return '0 s'
  let left = millis
  const parts = UNITS.slice(at, at + 2).map(([unit, unitMillis]) => {
    const count = Math.floor(left / unitMillis)
    left -= count * unitMillis
    return count === 0 ? '' : `${count} ${unit}`
  })
  return parts.filter((part) => part !== '').join(' ')
}
