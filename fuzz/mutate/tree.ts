/** A value of JSON that may be changed: a payload is copied before it is mutated. */
export type Json = string | number | boolean | null | Json[] | { [member: string]: Json }

/** A place in a payload: the object or the list, and the member of it. */
export interface Place {
  readonly holder: Json[] | { [member: string]: Json }
  readonly member: string
  readonly path: string
}

const MAX_PLACES = 5_000

/** Every member of every object and list, up to some thousands. */
export const placesOf = (root: Json): readonly Place[] => {
  const places: Place[] = []
  const visit = (holder: Json, path: string): void => {
    if (holder === null || typeof holder !== 'object' || places.length > MAX_PLACES) return
    for (const [member, value] of Object.entries(holder)) {
      places.push({ holder, member, path: `${path}.${member}` })
      visit(value, `${path}.${member}`)
    }
  }
  visit(root, '')
  return places
}

export const valueAt = ({ holder, member }: Place): Json =>
  (Array.isArray(holder) ? holder[Number(member)] : holder[member]) ?? null

/** By definition and not by assignment: `__proto__` is to be a member like others. */
export const setAt = ({ holder, member }: Pick<Place, 'holder' | 'member'>, value: Json): void => {
  Object.defineProperty(holder, member, { value, enumerable: true, configurable: true, writable: true })
}

export const removeAt = ({ holder, member }: Place): void => {
  if (Array.isArray(holder)) holder.splice(Number(member), 1)
  else delete holder[member]
}
