import type { Share } from '../api/correlations.ts'

/**
 * LightStep's score: by what part of the greater of two shares the one in the selection exceeds the other,
 * (s − o) / max(s, o). +1: only in the selection; −1: never in it; 0: as likely in as out of it; +0.5: twice as likely in
 * it. Of a mark that nothing has, 0.
 */
export const scoreOf = (selected: Share, others: Share): number => {
  const [s, o] = [portion(selected), portion(others)]
  const most = Math.max(s, o)
  return most === 0 ? 0 : (s - o) / most
}

export const portion = ({ having, of }: Share): number => (of === 0 ? 0 : having / of)
