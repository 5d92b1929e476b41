import type { ExplainedAttempt, Explanation } from '../../lib/delivery/explain.ts'
import type { Explained } from './explain.ts'

const SIGNS: Readonly<Record<ExplainedAttempt['outcome'], string>> = {
  parent: '✓',
  link: '+',
  waited: '+',
  younger: '+',
  outranked: '·',
  not_known: '?',
  itself: '·',
}

/** For people: an activity a paragraph, the ways that were tried below it, best first. */
export const explanationText = (explained: Explained): string =>
  explained.kind === 'ignored' ? `Ignored: ${explained.reason}.` : explained.activities.map(activityText).join('\n\n')

const activityText = ({ key, operation, stage, traceId, because, attempts, links, names }: Explanation): string => {
  const width = Math.max(0, ...attempts.map(({ reason }) => reason.length))
  return [
    `${key}`,
    `  ${operation}, ${stage}, in trace ${traceId}`,
    `  ${because}.`,
    ...(attempts.length === 0 ? [] : ['  tried, best first:']),
    ...attempts.map(
      ({ outcome, reason, via, meaning }) => `    ${SIGNS[outcome]} ${reason.padEnd(width)}  ${via}  (${meaning})`,
    ),
    ...(links.length === 0 ? [] : ['  links:', ...links.map((link) => `    ${link.key}  (${link.reason})`)]),
    ...(names.length === 0 ? [] : ['  found by others as:', ...names.map((name) => `    ${name}`)]),
  ].join('\n')
}
