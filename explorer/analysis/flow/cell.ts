/** Where figures stand: of which group, and when. */
export interface Cell {
  /** From 1, the largest first; 0: of all together. */
  readonly groupNo: number
  /** The start of the interval; undefined: of the whole range. */
  readonly startMillis?: number
}

/** Finds what stands in a cell. */
export const byCell = <C extends Cell>(
  cells: readonly C[],
): ((groupNo: number, startMillis: number | undefined) => C | undefined) => {
  const idOf = (groupNo: number, startMillis: number | undefined) => `${groupNo} ${startMillis}`
  const known = new Map(cells.map((cell) => [idOf(cell.groupNo, cell.startMillis), cell]))
  return (groupNo, startMillis) => known.get(idOf(groupNo, startMillis))
}
