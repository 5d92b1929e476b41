import { createHash } from 'node:crypto'

/** 40 hex digits that follow from what they name, like a commit's. */
export const shaOf = (...names: readonly (string | number)[]): string =>
  createHash('sha1').update(names.join('\n')).digest('hex')

/** A GUID that follows from what it names, so that a second replay is a redelivery. */
export const guidOf = (...names: readonly (string | number)[]): string => {
  const hex = shaOf('guid', ...names)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/** A number of up to 31 bits that follows from what it names. */
export const idOf = (...names: readonly (string | number)[]): number =>
  Number.parseInt(shaOf('id', ...names).slice(0, 8), 16) >>> 1
