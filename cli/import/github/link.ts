/** The address of a relation in a `Link` header: `<https://api.github.com/…?page=2>; rel="next", …`. */
export const linkTo = (relation: 'next' | 'last', link: string | undefined): string | undefined =>
  new RegExp(`<([^<>]+)>; rel="${relation}"`).exec(link ?? '')?.[1]

/** How many things a list has at the most, by its last page; undefined where GitHub names none. */
export const mostIn = (link: string | undefined, pageLength: number): number | undefined => {
  const last = linkTo('last', link)
  const page = last === undefined ? undefined : new URL(last).searchParams.get('page')
  return page == null ? undefined : Number(page) * pageLength
}
