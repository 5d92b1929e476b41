import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { correlationsIn } from '../../cli/correlate/answer.ts'
import { seriousFindings } from './support/axe.ts'
import { launchChromium } from './support/chromium.ts'
import { type DemoStack, startDemoStack } from './support/demo-stack.ts'
import { settled, watchedPage } from './support/watched-page.ts'

/** The whole of it, as somebody meets it who has run `npm run demo`: real webhooks, real functions, a real browser. */
const REPLAY_MILLIS = 10 * 60_000

const run = promisify(execFile)

let stack: DemoStack
let browser: Browser
let page: Page
let problems: readonly string[]
beforeAll(async () => {
  browser = await launchChromium()
  stack = await startDemoStack()
}, REPLAY_MILLIS)
beforeEach(async () => {
  const watched = await watchedPage(browser)
  page = watched.page
  problems = watched.problems
})
afterEach(async () => {
  await page.close()
  // Whatever a test does: the page throws nothing, and does nothing that its own policy refuses. Of a refused question
  // Chromium itself says so.
  expect(problems.filter((problem) => !problem.includes('400 (Bad Request)'))).toEqual([])
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const open = async (path: string) => {
  await page.goto(stack.url + path)
  await settled(page)
}
const search = () => page.evaluate<string>('decodeURIComponent(location.search)')
const selected = () => page.locator('.selected-line').textContent()

it.each([
  ['issue', 'slow', 'deploy with deploy_type = ami'],
  ['issue', 'fast', 'deploy with deploy_type = container'],
  ['deploy', 'failed', 'deploy with deploy_type = mutable'],
])('finds first what makes a %s %s: %s', async (operation, select, cause) => {
  await open(`/explore?operation=${operation}&select=${select}`)
  expect(await page.locator('.finding h3').first().textContent()).toBe(cause)
})

it.each([
  ['issue', 'slow', 'ami'],
  ['issue', 'fast', 'container'],
  ['deploy', 'failed', 'mutable'],
])('says in the API and in the terminal, too, what makes a %s %s: %s', async (operation, select, cause) => {
  const response = await fetch(`${stack.url}/api/correlations?operation=${operation}&select=${select}`)
  const found = correlationsIn(await response.json())
  const scope = operation === 'deploy' ? 'self' : 'deploy'
  const name = 'build.parameter.deploy_type'
  expect(found?.passing[0]?.marks[0]).toEqual({
    scope,
    name,
    value: cause,
    isAbsent: false,
    filter: `${scope}:${name}=${cause}`,
  })
  const { stdout } = await run(process.execPath, [
    ...[
      'cli/valuestream.cjs',
      'correlate',
      '--url',
      stack.url,
      '--operation',
      operation,
      `--${select}`,
      '--limit',
      '1',
    ],
  ])
  const [headline, , , first] = stdout.split('\n')
  expect(headline).toMatch(new RegExp(`^${operation}: \\d+ ${select} .*of \\d+, compared with the other \\d+\\.$`))
  expect(first).toMatch(new RegExp(`^${scope === 'self' ? '' : 'deploy '}${name} = ${cause} `))
})

it('shows it without being asked', async () => {
  await open('/')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('What do slow issues have in common?')
  expect(await page.locator('.headline').textContent()).toMatch(
    /^Slow issues more often have a deploy with deploy_type = ami: /,
  )
})

it('groups by the cause, and each group leads to its issues', async () => {
  await open('/explore?operation=issue&select=slow&by=deploy:build.parameter.deploy_type&sort=p90')
  expect(await page.locator('.groups-card tbody th').allTextContents()).toEqual([
    'ami',
    'mutable',
    'container',
    '(none)',
  ])
  await page.locator('.groups-card tbody th a').first().click()
  await settled(page)
  expect(await page.locator('.chip').allTextContents()).toEqual(['deploy: deploy_type = ami'])
})

it('takes another selection by the keyboard, says so in the address, and an address brings it back', async () => {
  await open('/explore')
  const before = await selected()
  await page.getByRole('slider', { name: 'Shortest selected duration' }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.waitForURL(/select=duration/)
  await settled(page)
  const after = await selected()
  expect(after).not.toBe(before)
  expect(await search()).toMatch(/^\?operation=issue&select=duration&min=[\d.]+&max=[\d.]+$/)
  const shared = page.url()
  await page.goto('about:blank')
  await page.goto(shared)
  await settled(page)
  expect(await selected()).toBe(after)
})

it('leads from a sample to its trace, and from a span to its page in GitHub', async () => {
  await open('/explore?operation=issue&select=slow')
  const sample = page.locator('.samples-card li a').first()
  const title = await sample.textContent()
  await sample.click()
  await page.getByRole('treeitem').first().waitFor()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title)
  expect(await page.getByRole('treeitem').first().getAttribute('aria-selected')).toBe('true')
  expect(await page.getByRole('treeitem').count()).toBeGreaterThan(3)
  expect(await page.getByRole('link', { name: 'Open its page' }).getAttribute('href')).toMatch(
    /^https:\/\/github\.com\/acme\/\w+\/issues\/\d+$/,
  )
})

it('tells the flow of three months', async () => {
  await open('/flow')
  expect(await page.locator('.tile-value').allTextContents()).toEqual([
    expect.stringMatching(/^\d\.\d+ \/ day$/),
    expect.stringMatching(/ (d|h|min)/),
    expect.stringMatching(/^\d+ %$/),
    expect.stringMatching(/ (d|h|min)|\d h$/),
    expect.stringMatching(/^\d+ %$/),
  ])
  expect(await page.locator('.chart-grid h2').allTextContents()).toEqual([
    'Issues',
    'Pull requests',
    'Builds',
    'Deploys',
  ])
  await page.getByLabel('Split by').selectOption('vcs.repository.name')
  await page.getByRole('heading', { name: 'By repository' }).waitFor()
  await settled(page)
  expect((await page.locator('tbody th').allTextContents()).toSorted()).toEqual(['All', 'mobile', 'payments', 'shop'])
})

it('answers an example in SQL, and refuses what would change something', async () => {
  await open('/ask')
  await page.getByText('Issues by the way they were deployed').click()
  await page.locator('.answer tbody tr').first().waitFor()
  expect(await page.locator('.answer tbody tr td:first-child').allTextContents()).toEqual([
    'ami',
    'mutable',
    'container',
  ])
  await page.getByRole('textbox').fill('DELETE FROM spans')
  await page.getByRole('button', { name: 'Run' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').textContent()).toContain('Only what reads is run here')
})

const VIEWS = [
  ['flow', '/flow', '.wip li'],
  ['explore', '/explore?operation=issue&select=slow', '.samples-card li'],
  ['failures', '/explore?operation=deploy&select=failed', '.samples-card li'],
  ['ask', `/ask?sql=${encodeURIComponent('SELECT * FROM spans LIMIT 50')}`, '.answer td'],
  ['trace', '', '.attributes'],
] as const
const LOOKS = VIEWS.flatMap((view) => (['light', 'dark'] as const).map((scheme) => [scheme, ...view] as const))

it.each(LOOKS)(
  '%s %s: no serious finding of axe, at 1280 pixels and at 390 without scrolling sideways',
  async (...look) => {
    const [colorScheme, , path, ready] = look
    await page.emulateMedia({ colorScheme })
    await open(path === '' ? '/explore?operation=issue&select=slow' : path)
    if (path === '') await page.locator('.samples-card li a').first().click()
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 860 })
      await page.locator(ready).first().waitFor()
      await settled(page)
      // The charts take the width of the window when they are told of it, which is a moment later.
      await page.waitForFunction(`document.documentElement.scrollWidth === ${width}`)
      expect(await seriousFindings(page)).toEqual([])
    }
    const background = await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(13, 16, 22)' : 'rgb(246, 247, 249)')
  },
)
