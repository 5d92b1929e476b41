import { asItWas } from '../../../cli/history/github/as-it-was.ts'
import type { Change } from '../../../cli/history/github/change.ts'

const NOW = {
  number: 12,
  title: 'Cart total is wrong',
  draft: false,
  labels: [{ name: 'bug' }, { name: 'urgent' }],
  assignees: [{ login: 'ada' }],
  milestone: { title: 'June' },
}
const change = (kind: Change['kind'], day: number, value?: string): Change => ({
  number: 12,
  kind,
  at: `2026-01-0${day}T10:00:00Z`,
  ...(value === undefined ? {} : { value }),
})

describe('an issue or a pull request as it was', () => {
  it('has what was changed later taken back', () => {
    const changes = [
      change('renamed', 2, 'Cart total'),
      change('labeled', 3, 'urgent'),
      change('unlabeled', 4, 'later'),
      change('unassigned', 5, 'bruno'),
      change('assigned', 6, 'ada'),
      change('milestoned', 7, 'June'),
      change('ready_for_review', 8),
    ]
    expect(asItWas(NOW, changes, '2026-01-01T10:00:00Z')).toEqual({
      number: 12,
      title: 'Cart total',
      draft: true,
      labels: [{ name: 'bug' }, { name: 'later' }],
      assignees: [{ login: 'bruno' }],
      milestone: null,
    })
  })

  it('has kept what was changed in that very second', () => {
    expect(asItWas(NOW, [change('labeled', 3, 'urgent')], '2026-01-03T10:00:00Z')).toEqual(NOW)
  })
})
