import type { Secret } from './secrets.ts'
import type { Stack } from './stack.ts'

/** What `npx valuestream start --json` says, a line like those of the log that follow. A secret of the environment is not repeated. */
export const announced = ({
  url,
  home,
  secrets,
  exportsTo,
}: Pick<Stack, 'url' | 'home' | 'secrets' | 'exportsTo'>) => ({
  message: 'started',
  url,
  webhooks: { github: `${url}/github`, jenkins: `${url}/jenkins`, events: `${url}/events` },
  secrets: { github: made(secrets.github), jenkins: made(secrets.jenkins), events: made(secrets.events) },
  ...(exportsTo === undefined ? {} : { exportsTo }),
  home,
})

const made = ({ value, origin }: Secret): string | undefined => (origin === 'generated' ? value : undefined)
