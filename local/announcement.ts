import { relative } from 'node:path'
import { firstOf, type Secret } from './secrets.ts'
import type { Stack } from './stack.ts'

/** What `npm start` says: what to register where, where to look, how to stop. */
export const announcement = (
  { url, home, secrets, exportsTo }: Pick<Stack, 'url' | 'home' | 'secrets' | 'exportsTo'>,
  workingDirectory: string,
): string => {
  const { github, jenkins, events } = secrets
  return [
    'ValueStream is running.',
    '',
    `  GitHub    ${url}/github`,
    '            webhook of a repository or an organisation, content type application/json,',
    '            events: Issues, Pull requests and what else docs/webhooks.md names',
    `            secret: ${shown(github, 'GITHUB_WEBHOOK_SECRET')}`,
    `  Jenkins   ${jenkinsUrl(url, jenkins)}`,
    '            URL for the Statistics Gatherer or the Notification plugin',
    `            token: ${shown(jenkins, 'JENKINS_WEBHOOK_TOKEN')}`,
    `  Events    ${url}/events`,
    '            your own events and CDEvents, signed: docs/events.md has a command that sends one',
    `            secret: ${shown(events, 'EVENTS_WEBHOOK_SECRET')}`,
    '',
    ...(exportsTo
      ? [`  Spans     are exported to ${exportsTo}`]
      : [`  Spans     are kept here: open ${url}/ to look at them`]),
    `  Data      ${shortPath(workingDirectory, home)}`,
    '  Stop      Ctrl-C',
    '',
    '  This port answers on this machine alone. To let GitHub or Jenkins reach it, put a tunnel in front.',
    '',
  ].join('\n')
}

/** A secret of the environment is not repeated: whoever set it knows it, and terminals are recorded. */
const shown = ({ value, origin }: Secret, variable: string): string =>
  origin === 'generated' ? value : `from ${variable}`

const jenkinsUrl = (url: string, token: Secret): string =>
  `${url}/jenkins?token=${token.origin === 'generated' ? encodeURIComponent(firstOf(token)) : '<token>'}`

const shortPath = (workingDirectory: string, home: string): string => {
  const path = relative(workingDirectory, home)
  return path === '' || path.startsWith('..') ? home : path
}
