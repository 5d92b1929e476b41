export const DEPLOY_TYPES = ['container', 'mutable', 'ami'] as const
export type DeployType = (typeof DEPLOY_TYPES)[number]

export const TEAMS = ['checkout', 'platform', 'apps'] as const
export type Team = (typeof TEAMS)[number]

/** Which of the two Jenkins plugins reports the builds of a repository. */
export type Reporter = 'statistics gatherer' | 'notification'

export interface SampleRepository {
  readonly name: string
  readonly id: number
  readonly reporter: Reporter
  /** How its deploys are done, by weight. */
  readonly deployTypes: Readonly<Record<DeployType, number>>
  readonly teams: Readonly<Record<Team, number>>
  /** What its issues are about. */
  readonly things: readonly [string, ...string[]]
}

/** Every repository deploys in every way, so that the way of deploying tells more than the repository. */
export const REPOSITORIES: readonly [SampleRepository, ...SampleRepository[]] = [
  {
    name: 'shop',
    id: 730_100_001,
    reporter: 'statistics gatherer',
    deployTypes: { container: 55, mutable: 25, ami: 20 },
    teams: { checkout: 60, platform: 30, apps: 10 },
    things: [
      'cart total',
      'voucher field',
      'product search',
      'checkout page',
      'order mail',
      'wish list',
      'stock badge',
    ],
  },
  {
    name: 'payments',
    id: 730_100_002,
    reporter: 'statistics gatherer',
    deployTypes: { container: 40, mutable: 35, ami: 25 },
    teams: { checkout: 45, platform: 50, apps: 5 },
    things: [
      'refund',
      'invoice export',
      'card retry',
      'ledger job',
      'currency rounding',
      'fraud score',
      'payout report',
    ],
  },
  {
    name: 'mobile',
    id: 730_100_003,
    reporter: 'notification',
    deployTypes: { container: 45, mutable: 25, ami: 30 },
    teams: { checkout: 10, platform: 20, apps: 70 },
    things: ['push message', 'login screen', 'offline mode', 'photo upload', 'dark theme', 'deep link', 'crash report'],
  },
]

export interface Person {
  readonly login: string
  readonly name: string
  readonly id: number
}

const person = (id: number, login: string, name: string): Person => ({ id, login, name })

export const PEOPLE: Readonly<Record<Team, readonly [Person, ...Person[]]>> = {
  checkout: [
    person(9_000_001, 'ada', 'Ada Boateng'),
    person(9_000_002, 'bruno', 'Bruno Keller'),
    person(9_000_003, 'chen', 'Chen Yue'),
  ],
  platform: [
    person(9_000_004, 'dina', 'Dina Haddad'),
    person(9_000_005, 'emil', 'Emil Sand'),
    person(9_000_006, 'fay', 'Fay Okoro'),
  ],
  apps: [
    person(9_000_007, 'goran', 'Goran Ilic'),
    person(9_000_008, 'hana', 'Hana Mori'),
    person(9_000_009, 'ines', 'Ines Prado'),
  ],
}

/** Issues as people write them. */
export const ISSUE_KINDS = {
  bug: ['breaks after an upgrade', 'shows a wrong value', 'is slow on large accounts', 'fails now and then'],
  feature: ['needs a shortcut', 'should remember the last choice', 'has no translation', 'lacks an audit trail'],
} as const
export type IssueKind = keyof typeof ISSUE_KINDS
