import type { Browser, Page } from 'playwright-core'

type Options = Parameters<Browser['newPage']>[0]

export interface WatchedPage {
  readonly page: Page
  /** What the page complained of: errors, and what its own policy refused it. */
  readonly problems: readonly string[]
}

const LISTEN = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('refused: ' + violatedDirective + ' ' + blockedURI))`

export const watchedPage = async (browser: Browser, options: Options = {}): Promise<WatchedPage> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options })
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.addInitScript(LISTEN)
  return { page, problems }
}

/** Until all that a view shows has come. */
export const settled = (page: Page): Promise<void> => page.locator('main:not(:has([aria-busy=true]))').waitFor()
