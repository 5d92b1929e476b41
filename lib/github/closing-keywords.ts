import { type ActivityKey, issueKey, type Repository, repository } from '../delivery/activity.ts'
import { withoutCodeAndComments } from './markdown.ts'

/** A keyword that is no part of another word, and what it closes: `#12`, `acme/shop#12` or the issue's address. */
const CLOSES =
  /(?<![\w-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \t]{1,8}(?:https?:\/\/([\w.:-]{1,255})\/([\w-]{1,39})\/([\w.-]{1,100})\/issues\/|(?:([\w-]{1,39})\/([\w.-]{1,100}))?#)([1-9][0-9]{0,9})(?!\w)/gi

/** More than a text means: a body of GitHub's longest has room for thousands, and who opens a pull request writes it. */
const MAX_CLOSED = 50

/**
 * The issues that a pull request's title or body says it closes, the first ones in order.
 *
 * @param home the repository that `#12` means
 * @see https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
export const closedIssues = (markdown: string, home: Repository): readonly ActivityKey[] =>
  [...withoutCodeAndComments(markdown).matchAll(CLOSES)]
    .slice(0, MAX_CLOSED)
    .map(([, host, urlOwner, urlName, owner, name, number]) =>
      issueKey(
        repository(host ?? home.host, urlOwner ?? owner ?? home.owner, urlName ?? name ?? home.name),
        Number(number),
      ),
    )
