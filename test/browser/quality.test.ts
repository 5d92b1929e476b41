import type { Browser } from 'playwright-core'
import { buildPage } from '../../explorer/page-build.ts'
import { seriousFindings } from './support/axe.ts'
import { launchChromium } from './support/chromium.ts'
import { type FakeApi, startFakeApi } from './support/fake-api.ts'
import { TRACE_ID } from './support/fixtures/trace.ts'

let api: FakeApi
let browser: Browser
beforeAll(async () => {
  api = await startFakeApi(await buildPage())
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await api?.stop()
})

const VIEWS = [
  ['flow', '/flow?by=vcs.repository.name', '.wip li'],
  ['explore', '/explore?operation=issue&filter=self:issue.labels=bug', '.samples-card li'],
  ['trace', `/traces/${TRACE_ID}?span=b1`, '.attributes'],
  ['ask', '/ask?sql=SELECT+1', '.answer td'],
] as const
const LOOKS = VIEWS.flatMap((view) => (['light', 'dark'] as const).map((scheme) => [scheme, ...view] as const))

/** Everything has faded in, so that axe sees the colours that people see. */
const open = async (
  path: string,
  ready: string,
  options: { readonly width: number; readonly scheme: 'light' | 'dark' },
) => {
  const page = await browser.newPage({
    viewport: { width: options.width, height: 860 },
    colorScheme: options.scheme,
    reducedMotion: 'reduce',
  })
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(api.url + path)
  await page.locator(ready).first().waitFor()
  await page.locator('main:not(:has([aria-busy=true]))').waitFor()
  return { page, problems }
}

it.each(LOOKS)(
  '%s %s: no serious finding of axe, no error, nothing that the policy refuses',
  async (scheme, _name, path, ready) => {
    const { page, problems } = await open(path, ready, { width: 1280, scheme })
    expect(await seriousFindings(page)).toEqual([])
    expect(problems).toEqual([])
    await page.close()
  },
)

it.each(LOOKS)('%s %s: fits 390 pixels without scrolling sideways', async (scheme, _name, path, ready) => {
  const { page } = await open(path, ready, { width: 390, scheme })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  expect(await seriousFindings(page)).toEqual([])
  await page.close()
})

/** Below this nobody sees it: web.dev/articles/cls calls 0.1 good. */
const SEEN_SHIFT = 0.05
const OBSERVE = `window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value
}).observe({ type: 'layout-shift', buffered: true })`

it.each(VIEWS)('%s: nothing moves when the figures come', async (_name, path, ready) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  await page.addInitScript(OBSERVE)
  // So late that all that stands in for the figures has been seen.
  await page.route('**/api/**', (route) => setTimeout(() => void route.continue(), 300))
  await page.goto(api.url + path)
  await page.locator(ready).first().waitFor()
  await page.locator('main:not(:has([aria-busy=true]))').waitFor()
  expect(await page.evaluate('window.shifted')).toBeLessThan(SEEN_SHIFT)
  await page.close()
})

it('keeps the theme that was chosen, whatever the system has', async () => {
  const { page } = await open('/flow', '.wip li', { width: 1280, scheme: 'light' })
  const back = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
  const light = await back()
  await page.getByRole('button', { name: /^Theme/ }).click()
  await page.getByRole('button', { name: /^Theme: light/ }).click()
  expect(await back()).not.toBe(light)
  const dark = await back()
  await page.reload()
  await page.locator('.wip li').first().waitFor()
  expect(await back()).toBe(dark)
  await page.close()
})

it('has the chosen theme from the first paint on, before the page itself has come', async () => {
  const { page } = await open('/flow', '.wip li', { width: 1280, scheme: 'light' })
  await page.evaluate("localStorage.setItem('valuestream.theme', 'dark')")
  await page.route('**/assets/page.js', (route) => route.abort())
  await page.reload()
  expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark')
  await page.close()
})
