import type { Browser } from 'playwright-core'
import type { Stack } from '../../local/stack.ts'
import { gathererEnd, gathererStart } from '../payloads/jenkins.ts'
import { seriousFindings } from './support/axe.ts'
import { launchChromium } from './support/chromium.ts'
import { startEmptyStack } from './support/demo-stack.ts'
import { settled, watchedPage } from './support/watched-page.ts'

let stack: Stack
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
  stack = await startEmptyStack()
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

const send = (payload: object) =>
  fetch(`${stack.url}/jenkins?token=${stack.secrets.jenkins.value}`, {
    method: 'POST',
    body: JSON.stringify(payload),
    headers: { 'content-type': 'application/json' },
  })

it('says first what to do, and shows a deploy as soon as it has arrived, without being loaded anew', async () => {
  const { page, problems } = await watchedPage(browser)
  for (const path of ['/flow', '/ask', '/explore?operation=deploy']) {
    await page.goto(stack.url + path)
    await settled(page)
    expect(await seriousFindings(page)).toEqual([])
  }
  await page.getByRole('heading', { name: 'Nothing has arrived yet' }).waitFor()
  await send(gathererStart({ parameters: { type: 'deploy', deploy_type: 'ami' } }))
  await send(gathererEnd())
  await page.locator('.samples-card li a').first().click()
  await page.getByRole('treeitem').first().waitFor()
  const attributes = await page.locator('.attributes').textContent()
  expect(attributes).toContain('build.parameter.deploy_typeami')
  expect(problems).toEqual([])
  await page.close()
})
