import type { Page } from 'playwright-core'
import type { FakeApi } from './support/fake-api.ts'
import { AMI, CORRELATIONS, NOTHING_PASSES } from './support/fixtures/correlations.ts'
import { EDGES, EMPTY_HISTOGRAM } from './support/fixtures/histogram.ts'
import { EMPTY_STATUS, STATUS } from './support/fixtures/status.ts'
import { onFakeApi } from './support/on-fake-api.ts'

let api: FakeApi
let page: Page
onFakeApi((...given) => {
  ;[api, page] = given
})

const open = async (path: string) => {
  await page.goto(api.url + path)
  await page.locator('.findings-card .fold').last().waitFor()
}
const search = () => page.evaluate<string>('decodeURIComponent(location.search)')
const correlationsAsked = () => api.requests.filter((request) => request.startsWith('GET /api/correlations'))

it('says first what slow issues have in common, in a sentence', async () => {
  await open('/')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('What do slow issues have in common?')
  expect(await page.locator('.headline').textContent()).toBe(
    'Slow issues more often have a deploy with deploy_type = ami: 92 % of them, 15 % of the others. The median is 12 d 4 h with it, 1 d 7 h without.',
  )
  expect(await page.locator('.finding h3').allTextContents()).toEqual([
    'deploy with deploy_type = ami',
    'pull request with pull_request.review_rounds = 3 – 7',
    'deploy with deploy_type = container',
  ])
})

it('compares what is dragged over on the histogram, and says so in the address', async () => {
  await open('/explore')
  const box = await page.locator('.plot').boundingBox()
  if (box === null) throw new Error('There is no plot.')
  const x = (bucket: number) => box.x + (box.width * (bucket + 0.5)) / 24
  await page.mouse.move(x(2), box.y + 60)
  await page.mouse.down()
  await page.mouse.move(x(4), box.y + 80, { steps: 4 })
  await page.mouse.up()
  const selection = `select=duration&min=${EDGES[2]}&max=${EDGES[5]}`
  await page.waitForURL((url) => url.search.includes(selection))
  await page.locator('.findings-card[aria-busy=false]').waitFor()
  expect(correlationsAsked().at(-1)).toBe(`GET /api/correlations?operation=issue&${selection}`)
})

it('moves an end of the selection by the arrow keys', async () => {
  await open('/explore')
  await page.getByRole('slider', { name: 'Shortest selected duration' }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.waitForURL(/select=duration/)
  expect(await search()).toBe(`?operation=issue&select=duration&min=${EDGES[18]}&max=${EDGES[24]}`)
  await page.keyboard.press('ArrowLeft')
  await page.waitForURL(new RegExp(`min=${EDGES[17]}`))
})

it('takes a finding as a filter, and goes back', async () => {
  await open('/explore')
  await page.getByRole('link', { name: 'Only those: deploy with deploy_type = ami' }).click()
  expect(await search()).toBe('?operation=issue&select=slow&filter=deploy:build.parameter.deploy_type=ami')
  expect(await page.locator('.chip').allTextContents()).toEqual(['deploy: deploy_type = ami'])
  await page.goBack()
  await page.locator('.chip').waitFor({ state: 'detached' })
})

it('restores all that it shows from a shared address', async () => {
  const [min, max] = [EDGES[3], EDGES[8]]
  await open(
    `/explore?operation=issue&select=duration&min=${min}&max=${max}&from=2026-08-01&to=2026-09-01&filter=!deploy:*&by=self:issue.labels&sort=p90`,
  )
  expect(await page.locator('.chip').allTextContents()).toEqual(['no deploy'])
  expect(await page.getByLabel('from').inputValue()).toBe('2026-08-01')
  expect(await page.getByLabel('to', { exact: true }).inputValue()).toBe('2026-08-31')
  expect(
    await page.getByRole('slider').evaluateAll((handles) => handles.map((handle) => Reflect.get(handle, 'value'))),
  ).toEqual(['3', '8'])
  expect(await page.getByLabel('Group by', { exact: true }).inputValue()).toBe('self:issue.labels')
  expect(await page.locator('.groups-card tbody th').allTextContents()).toEqual([
    'ami',
    'mutable',
    'container',
    '(none)',
  ])
})

it('shows the strongest five, and the others when asked to', async () => {
  const passing = Array.from({ length: 7 }, (_, index) => ({
    ...AMI,
    marks: [{ scope: 'deploy', name: 'cicd.worker.name', value: `agent-${index}`, isAbsent: false }],
  }))
  api.answer('/api/correlations', { ...CORRELATIONS, passing })
  await open('/explore')
  expect(await page.locator('.finding:visible').count()).toBe(5)
  await page.getByText('2 more findings').click()
  expect(await page.locator('.finding:visible').count()).toBe(7)
})

it('says why nothing stands out, and what is weak', async () => {
  api.answer('/api/correlations', NOTHING_PASSES)
  await open('/explore')
  const card = await page.locator('.findings-card').textContent()
  expect(card).toContain('Nothing stands out')
  expect(card).toContain('Only 4 issues are selected')
  expect(card).toContain('2 weak ones that may be chance')
})

it('shows what the API says is wrong, and goes on when asked to', async () => {
  api.answer('/api/correlations', { status: 500, message: 'The database is being rebuilt. Try again in a minute.' })
  await page.goto(`${api.url}/explore`)
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').textContent()).toContain('The database is being rebuilt.')
  api.reset()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.locator('.headline').waitFor()
})

it('tells an address that cannot be read from a failure', async () => {
  await page.goto(`${api.url}/explore?select=odd`)
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').textContent()).toBe(
    'This address cannot be read. select takes one of slow, fast, failed, duration.',
  )
})

it('says what to do while nothing has arrived, and fills by itself when something does', async () => {
  api.answer('/api/status', EMPTY_STATUS)
  await page.goto(api.url)
  await page.getByRole('heading', { name: 'Nothing has arrived yet' }).waitFor()
  expect(await page.getByRole('main').textContent()).toContain('npm run demo')
  api.answer('/api/status', STATUS)
  await page.locator('.headline').waitFor()
})

it('leaves it to the reader when new spans change the page', async () => {
  await open('/explore')
  const asked = correlationsAsked().length
  api.answer('/api/status', { ...STATUS, spans: STATUS.spans + 3 })
  await page.getByRole('button', { name: '3 new spans: show them' }).click()
  await page.locator('.pill-button').waitFor({ state: 'detached' })
  await page.locator('.findings-card[aria-busy=false]').waitFor()
  expect(correlationsAsked().length).toBe(asked + 1)
})

it('says what to do when no span matches', async () => {
  api.answer('/api/histogram', EMPTY_HISTOGRAM)
  await open('/explore')
  expect(await page.locator('.histogram-card').textContent()).toContain('Take a filter away')
})

it('says in the address what is unfolded, and unfolds it again from there', async () => {
  await open('/explore')
  const isOpen = () =>
    page.locator('.findings-card details').evaluateAll((all) => all.map((one) => one.hasAttribute('open')))
  expect(await isOpen()).toEqual([false, false, false, false, false])
  await page.locator('.findings-card .fold summary').first().click()
  await page.locator('.finding-detail summary').nth(1).click()
  await page.waitForURL((url) => url.searchParams.get('open') === 'weak,2')
  expect(correlationsAsked()).toHaveLength(1)
  await page.reload()
  await page.locator('.findings-card .fold').last().waitFor()
  expect(await isOpen()).toEqual([false, true, false, true, false])
  await page.locator('.findings-card .fold summary').first().click()
  await page.waitForURL((url) => url.searchParams.get('open') === '2')
})
