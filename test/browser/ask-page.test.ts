import type { Page } from 'playwright-core'
import type { FakeApi } from './support/fake-api.ts'
import { HOSTILE } from './support/fixtures/trace.ts'
import { onFakeApi } from './support/on-fake-api.ts'

let api: FakeApi
let page: Page
onFakeApi((...given) => {
  ;[api, page] = given
})

it('runs a question by Ctrl and Enter, and keeps it in the address', async () => {
  await page.goto(`${api.url}/ask`)
  await page.getByRole('textbox').fill('SELECT 1')
  await page.getByRole('textbox').press('Control+Enter')
  await page.locator('.answer tbody tr').first().waitFor()
  expect(await page.evaluate('location.search')).toBe('?sql=SELECT+1')
  expect(await page.locator('.answer tr').allTextContents()).toEqual([
    'deploy_typedeploysfailed',
    'container41012',
    'ami1909',
    'mutable13175',
    'null1400',
  ])
})

it('puts a column into the question where the cursor is', async () => {
  await page.goto(`${api.url}/ask`)
  await page.getByRole('textbox').fill('SELECT FROM spans')
  await page.getByRole('textbox').evaluate((box) => Reflect.apply(Reflect.get(box, 'setSelectionRange'), box, [6, 6]))
  await page.getByRole('button', { name: 'duration_ms' }).click()
  expect(await page.getByRole('textbox').inputValue()).toBe('SELECT duration_ms FROM spans')
})

it('draws what a shared address asks to be drawn', async () => {
  await page.goto(`${api.url}/ask?sql=SELECT+1&as=bar`)
  await page.getByRole('img', { name: 'deploys, failed by deploy_type.' }).waitFor()
  expect(await page.getByRole('button', { name: 'Bars' }).getAttribute('aria-pressed')).toBe('true')
})

it('shows the database’s own words when it refuses', async () => {
  api.answer('/api/ask', {
    status: 400,
    message: 'Parser Error: syntax error at or near "SELEC"\n\nLINE 1: SELEC 1\n        ^',
  })
  await page.goto(`${api.url}/ask?sql=SELEC+1`)
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').textContent()).toContain('LINE 1: SELEC 1\n        ^')
})

it('shows names in a chart’s tooltip as text', async () => {
  api.answer('/api/ask', {
    columns: [
      { name: HOSTILE, type: 'VARCHAR' },
      { name: HOSTILE, type: 'BIGINT' },
    ],
    rows: [[HOSTILE, 3]],
    isCut: false,
    tookMillis: 1,
  })
  await page.goto(`${api.url}/ask?sql=SELECT+1&as=bar`)
  await page.locator('.chart svg').waitFor()
  await page.locator('.chart').hover({ position: { x: 400, y: 200 } })
  await page.locator('.tooltip').waitFor()
  expect(await page.locator('.tooltip strong').textContent()).toBe(HOSTILE)
  expect(await page.locator('main img').count()).toBe(0)
})
