import type { Page } from 'playwright-core'
import type { FakeApi } from './support/fake-api.ts'
import { HOSTILE, HOSTILE_TRACE, TRACE, TRACE_ID } from './support/fixtures/trace.ts'
import { onFakeApi } from './support/on-fake-api.ts'

let api: FakeApi
let page: Page
onFakeApi((...given) => {
  ;[api, page] = given
})

const open = async (parameters = '') => {
  await page.goto(`${api.url}/traces/${TRACE_ID}${parameters}`)
  await page.getByRole('treeitem').first().waitFor()
}

it('shows the tree of a trace, its waits and what failed', async () => {
  await open()
  const [, ...items] = (await page.getByRole('tree').ariaSnapshot()).split('\n')
  expect(items.map((item) => item.replace(/^ *- '?|'$/g, ''))).toEqual([
    'treeitem "issue acme/payments#4 Payout report is slow on large accounts 2 d 1 h" [expanded] [level=1]',
    'treeitem "pull request acme/payments#5 Fix: Payout report is slow 23 h" [expanded] [level=2]',
    'treeitem "build acme/payments/PR-5 #1 failure 9 min" [level=3]',
    'treeitem "build acme/payments/PR-5 #2 5 min" [expanded] [level=3]',
    'treeitem "deploy acme/payments-deploy #2 (mutable, production) failure 56 min" [level=4]',
    'treeitem "deploy acme/payments-deploy #3 (mutable, production) 2 h" [level=4]',
    'treeitem "deploy acme/payments-deploy #4 (mutable, production) 44 min" [level=4]',
  ])
  expect(await page.locator('.wait').count()).toBe(2)
})

it('is walked by the arrow keys, folded, and opened by Enter, all in the address', async () => {
  await open()
  await page.getByRole('treeitem').first().focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key)
  await page.waitForURL(/closed=b4/)
  expect(await page.getByRole('treeitem').count()).toBe(4)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL(/span=b3/)
  expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe('acme/payments/PR-5 #1')
  await page.keyboard.press('Escape')
  await page.locator('.span-detail').waitFor({ state: 'detached' })
})

it('leads from a span to its page, to other traces and to all that are alike', async () => {
  await open('?span=b1')
  expect(await page.getByRole('link', { name: 'Open its page' }).getAttribute('href')).toBe(
    'https://github.com/acme/payments/issues/4',
  )
  expect(await page.getByRole('link', { name: 'acme/payments#2 Reports time out' }).getAttribute('href')).toBe(
    `/traces/${'c'.repeat(32)}?span=d1`,
  )
  await page.getByRole('link', { name: 'Explore issues with user.name = mona' }).click()
  expect(await page.evaluate('location.pathname + location.search')).toBe(
    '/explore?operation=issue&select=slow&filter=self:user.name%3Dmona',
  )
})

it('takes whatever a title or an attribute holds for text', async () => {
  api.answer(`/api/traces/${TRACE_ID}`, HOSTILE_TRACE)
  await open('?span=b1')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(HOSTILE)
  expect(await page.locator('main img, main b').count()).toBe(0)
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0)
  expect(await page.title()).toBe(`${HOSTILE} · ValueStream`)
})

it('says so when there is no such trace', async () => {
  api.answer(`/api/traces/${TRACE_ID}`, { status: 404, message: 'There is no such trace.' })
  await page.goto(`${api.url}/traces/${TRACE_ID}`)
  await page.getByRole('heading', { name: 'There is no such trace' }).waitFor()
})

it('keeps what another tool calls its spans in its place, however long', async () => {
  const name = `Stage: ${'integration.tests.'.repeat(12)}Checkout`
  api.answer(`/api/traces/${TRACE_ID}`, {
    ...TRACE,
    spans: TRACE.spans.map((span) => ({ ...span, operation: name, title: name })),
  })
  await page.setViewportSize({ width: 390, height: 800 })
  await open('?span=b1')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  expect(await page.getByRole('treeitem').first().textContent()).toBe(` ${name}  2 d 1 h`)
})

it('draws the first rows of a trace of thousands, says how many are not shown, and shows them when they are asked for', async () => {
  const [root, child] = TRACE.spans
  if (root === undefined || child === undefined) throw new Error('There are no spans.')
  const below = Array.from({ length: 1200 }, (_, at) => ({ ...child, spanId: `s${at}`, parentSpanId: root.spanId }))
  api.answer(`/api/traces/${TRACE_ID}`, { ...TRACE, spans: [root, ...below] })
  await open()
  expect(await page.getByRole('treeitem').count()).toBe(500)
  expect(await page.locator('.more-rows').textContent()).toBe('701 more rows not shown. Show 500 more')
  await page.getByRole('button', { name: 'Show 500 more' }).click()
  await page.waitForURL(/rows=1000/)
  expect(await page.getByRole('treeitem').count()).toBe(1000)
  await open('?span=s1199')
  expect(await page.getByRole('treeitem').count()).toBe(1201)
})
