import type { CriticalPath } from '../../api/critical-path.ts'
import type { Row, RunQuery } from '../../warehouse/rows.ts'

/** More than these, as where another tool names each step of a build, are one part: `other`. */
const MAX_PARTS = 40
const OTHER = 'other'

type Part = CriticalPath['parts'][number]

/**
 * Over the spans in `path_spans`: what each kind of work and each wait took of all their time. Shares add up to 1. Sums
 * are of whole microseconds, so that no order of adding makes a difference.
 */
export const readParts = async (query: RunQuery): Promise<CriticalPath> => {
  const [whole] = await query('SELECT count(*) AS spans, coalesce(sum(micros), 0) AS micros FROM path_spans')
  const totalMicros = Number(whole?.micros)
  const rows = await query(PARTS)
  const parts = rows.map((row) => partOf(row, totalMicros)).sort(byShare)
  const kept = parts.length > MAX_PARTS ? parts.slice(0, MAX_PARTS - 1).filter((part) => !isOther(part)) : parts
  const other = kept.length < parts.length ? [await readOther(query, kept, totalMicros)] : []
  return { count: Number(whole?.spans), totalMillis: totalMicros / 1000, parts: [...kept, ...other].sort(byShare) }
}

const PARTS = `
  SELECT is_wait, name, count(*) AS spans, sum(s.micros) AS micros, quantile_cont(s.micros, 0.5) AS median
  FROM shares s SEMI JOIN path_spans USING (span_no) GROUP BY is_wait, name`

/** Of each span, all that is not kept is one. */
const readOther = async (query: RunQuery, kept: readonly Part[], totalMicros: number): Promise<Part> => {
  const [row] = await query(
    `SELECT false AS is_wait, '${OTHER}' AS name, count(*) AS spans, sum(micros) AS micros,
       quantile_cont(micros, 0.5) AS median
     FROM (
       SELECT sum(s.micros) AS micros FROM shares s SEMI JOIN path_spans USING (span_no)
       WHERE s.is_wait || ' ' || s.name NOT IN (SELECT unnest(from_json($kept, '["VARCHAR"]')))
       GROUP BY span_no
     )`,
    { kept: JSON.stringify(kept.map(({ kind, name }) => `${kind === 'wait'} ${name}`)) },
  )
  return partOf(row ?? {}, totalMicros)
}

const isOther = ({ kind, name }: Part): boolean => kind === 'work' && name === OTHER

const partOf = ({ is_wait, name, spans, micros, median }: Row, totalMicros: number): Part => ({
  kind: is_wait === true ? 'wait' : 'work',
  name: String(name),
  share: Number(micros) / totalMicros,
  medianMillis: Number(median) / 1000,
  spans: Number(spans),
})

/** The largest first; where two are as large, by their names. */
const byShare = (a: Part, b: Part): number => {
  if (a.share !== b.share) return b.share - a.share
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.kind < b.kind ? -1 : 1
}
