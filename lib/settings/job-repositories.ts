import { SettingError, secretList } from './settings.ts'

/** As the domain knows it: host, owner and name, lower-cased. */
interface Repository {
  readonly host: string
  readonly owner: string
  readonly name: string
}

const ENTRY = /^([^=]{1,500})=(?:([\w.:-]{1,255})\/)?([\w.-]{1,100})\/([\w.-]{1,100})$/

/**
 * Which repository a Jenkins job is about, by the job's full name: `shop-deploy=acme/shop, platform/*=acme/platform`. A
 * star stands for anything; the first entry that fits counts. Without a host the given one is meant.
 *
 * @throws SettingError when an entry has another form
 */
export const jobRepositories = (
  text: string | undefined,
  githubHost: string,
): ((fullName: string) => Repository | undefined) => {
  const rules = secretList(text).map((entry) => {
    const [, pattern, host, owner, name] = ENTRY.exec(entry) ?? []
    if (pattern === undefined || owner === undefined || name === undefined) {
      throw new SettingError('JENKINS_JOB_REPOSITORIES', 'has an entry that is not <job>=<owner>/<repository>')
    }
    return { fits: matcher(pattern.trim()), repository: lowerCased(host ?? githubHost, owner, name) }
  })
  return (fullName) => rules.find(({ fits }) => fits(fullName))?.repository
}

const lowerCased = (host: string, owner: string, name: string): Repository => ({
  host: host.toLowerCase(),
  owner: owner.toLowerCase(),
  name: name.toLowerCase(),
})

/** Without a regular expression, which many stars could make slow: each piece is looked for after the one before. */
const matcher = (pattern: string): ((text: string) => boolean) => {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return (text) => text === first
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false
    let at = first.length
    for (const piece of rest) {
      const found = text.indexOf(piece, at)
      if (found === -1) return false
      at = found + piece.length
    }
    return at <= text.length - last.length
  }
}
