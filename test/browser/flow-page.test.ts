import type { Page } from 'playwright-core'
import type { FakeApi } from './support/fake-api.ts'
import { onFakeApi } from './support/on-fake-api.ts'

let api: FakeApi
let page: Page
onFakeApi((...given) => {
  ;[api, page] = given
})

it('shows the five measures, the course of every operation and what is under way', async () => {
  await page.goto(`${api.url}/flow`)
  await page.locator('.tile-value').first().waitFor()
  expect(await page.locator('.tile h2').allTextContents()).toEqual([
    'Deployment frequency',
    'Lead time for changes',
    'Change failure rate',
    'Time to restore',
    'Rework',
  ])
  expect(await page.locator('.tile-value').allTextContents()).toEqual([
    '6.4 / day',
    '1 d 2 h',
    '10 %',
    '1 h 27 min',
    '5 %',
  ])
  expect(await page.locator('.chart-grid h2').allTextContents()).toEqual([
    'Issues',
    'Pull requests',
    'Builds',
    'Deploys',
  ])
  expect(await page.locator('.wip h3').allTextContents()).toEqual([
    '9 issues median age 6 d',
    '5 pull requests median age 1 d 7 h',
  ])
})

it('compares the halves of the time, each asked for by itself', async () => {
  await page.goto(`${api.url}/flow?from=2026-07-03&to=2026-09-30`)
  await page.locator('.comparison', { hasText: 'first half' }).first().waitFor()
  expect(api.requests.filter((request) => request.includes('interval=month')).sort()).toEqual([
    'GET /api/flow?interval=month&from=2026-07-03T00:00:00.000Z&to=2026-08-16T20:00:00.000Z',
    'GET /api/flow?interval=month&from=2026-08-16T20:00:00.000Z&to=2026-09-30T16:00:00.000Z',
  ])
})

it('splits by an attribute, and keeps that in the address', async () => {
  await page.goto(`${api.url}/flow`)
  await page.getByLabel('Split by').selectOption('vcs.repository.name')
  await page.getByRole('heading', { name: 'By repository' }).waitFor()
  expect(await page.evaluate('location.search')).toBe('?by=vcs.repository.name')
  expect(await page.locator('tbody th').allTextContents()).toEqual(['All', 'checkout', 'payments', 'search'])
})
