import type { Selection } from '../query.ts'

/** What on a span itself says that it failed, in other words. */
const RESULT =
  /^error(?:\.|$)|(?:^|\.)(?:result|outcome)$|^deployment\.status$|^build\.failure_causes$|^build\.tests\.failed$|status_code$/
/** What on a span itself says how long it took, in other words. */
const DURATION = /duration/

/** Whether an attribute of a span itself only says again by what the spans were selected. */
export const restates = (name: string, { kind }: Selection): boolean =>
  (kind === 'failed' ? RESULT : DURATION).test(name)
