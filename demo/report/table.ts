/** Columns as wide as their widest cell; the first is aligned to the left, the others, which hold figures, to the right. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows.reduce<number[]>((so, row) => row.map((cell, at) => Math.max(so[at] ?? 0, cell.length)), [])
  const pad = (cell: string, at: number) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))
  return rows.map((row) => `  ${row.map(pad).join('   ')}`.trimEnd()).join('\n')
}
