import { idOf } from '../../demo/history/hash.ts'
import { repository } from '../../lib/delivery/activity.ts'
import { HABITS } from './habits.ts'
import type { Person, Place } from './model.ts'

/** The same names under different owners; one with a number in it, which a marker must not be misread by. */
const NAMES = ['shop', 'payments', 'app-2', 'mobile'] as const
const OWNERS = ['acme', 'globex', 'initech', 'umbrella', 'hooli', 'stark'] as const
const LOGINS = ['ada', 'bruno', 'chen', 'dina', 'emil', 'fay', 'goran', 'hana'] as const

const person = (login: string): Person => ({ login, id: idOf('person', login) })

export const PEOPLE = LOGINS.map(person) as [Person, ...Person[]]
export const BOT = person('linter[bot]')
export const OUTSIDER = person('mallory')

const ACTIVITIES_A_PLACE = 700
/** As many as there are habits. */
const FEWEST = 6

/** The repositories of a world of a size. Another seed is another organisation, so that two worlds share nothing. */
export const placesOf = (seed: number, activities: number): readonly [Place, ...Place[]] => {
  const count = Math.max(FEWEST, Math.ceil(activities / ACTIVITIES_A_PLACE))
  // Across both lists, so that the smallest world has a name twice and an owner twice.
  const all = OWNERS.flatMap((owner, row) => NAMES.map((name, column) => ({ owner, name, at: row + column })))
  const chosen = all.sort((a, b) => a.at - b.at).slice(0, count)
  return chosen.map(({ owner, name }, at) => placeOf(`${owner}-${seed}`, name, seed + at)) as [Place, ...Place[]]
}

const placeOf = (owner: string, name: string, at: number): Place => {
  const habits = HABITS[at % HABITS.length]
  if (habits === undefined) throw new RangeError('there are no habits')
  return {
    facts: { owner, ownerId: idOf('owner', owner), name, id: idOf('repository', owner, name) },
    fork: { owner: OUTSIDER.login, ownerId: OUTSIDER.id, name: `${owner}-${name}`, id: idOf('fork', owner, name) },
    address: repository('github.com', owner, name),
    fullName: `${owner}/${name}`,
    ...habits,
  }
}
