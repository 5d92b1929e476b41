import { idOf } from '../history/hash.ts'
import type { Numbers } from '../history/numbers.ts'
import type { IssueStory } from '../history/story.ts'
import type { RepositoryFacts } from '../payloads/github-repository.ts'

/** An issue's story, and what is needed to tell it. */
export interface Scene {
  readonly owner: string
  readonly issue: IssueStory
  readonly numbers: Numbers
}

export const repositoryFacts = ({ owner, issue: { repository } }: Scene): RepositoryFacts => ({
  owner,
  ownerId: idOf('owner', owner),
  name: repository.name,
  id: repository.id,
})

/** `acme/shop` */
export const fullName = ({ owner, issue }: Scene): string => `${owner}/${issue.repository.name}`
