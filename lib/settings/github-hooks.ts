import { SettingError, secretList } from './settings.ts'

/** As {@link githubHooks} reads it from the setting. */
type Hook =
  | { readonly kind: 'repository'; readonly owner: string; readonly repository: string; readonly id: string }
  | { readonly kind: 'organization'; readonly organization: string; readonly id: string }
  | { readonly kind: 'app' }

const ENTRY = /^(?:(?<app>app)|(?<owner>[\w.-]{1,100})(?:\/(?<repository>[\w.-]{1,100}))?#(?<id>\d{1,18}))$/

/**
 * The hooks whose failed deliveries are to be redelivered: `acme/shop#123, acme#45, app`, each once.
 *
 * @throws SettingError when an entry has another form
 */
export const githubHooks = (text: string | undefined): readonly Hook[] =>
  [...new Set(secretList(text))].map((entry) => {
    const { app, owner, repository, id } = ENTRY.exec(entry)?.groups ?? {}
    if (app !== undefined) return { kind: 'app' }
    if (owner === undefined || id === undefined || [owner, repository].some(isRelative)) {
      throw new SettingError('GITHUB_HOOKS', 'has an entry that is no hook')
    }
    return repository === undefined
      ? { kind: 'organization', organization: owner, id }
      : { kind: 'repository', owner, repository, id }
  })

/** A URL would lose it. */
const isRelative = (name: string | undefined): boolean => name === '.' || name === '..'
