import type { Cell } from './drawable.ts'

const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\.\d+Z$/
const MIDNIGHT = /T00:00:00\.0+Z$/

/** What stands below a chart: times as short as they all allow, by the day where all are midnights, else by the minute. */
export const namesOf = (cells: readonly Cell[]): readonly string[] => {
  const texts = cells.map((cell) => String(cell ?? '(null)'))
  const areDays = texts.every((text) => MIDNIGHT.test(text) || !MOMENT.test(text))
  return texts.map((text) => text.replace(MOMENT, areDays ? '$1' : '$1 $2'))
}
