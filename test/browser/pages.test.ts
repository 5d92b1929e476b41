import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { type Stack, startStack } from '../../local/stack.ts'
import { gathererEnd, gathererStart } from '../payloads/jenkins.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const home = mkdtempSync(join(tmpdir(), 'valuestream-browser-'))
let stack: Stack
let browser: Browser
beforeAll(async () => {
  if (!existsSync(CHROMIUM))
    throw new Error(`There is no Chromium at ${CHROMIUM}: install it, or set CHROMIUM to where it is.`)
  process.env.LOG_LEVEL = 'silent'
  stack = await startStack({ port: 0, home, importModule: (file) => import(file) })
  browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET })
})
afterAll(async () => {
  await browser?.close()
  await stack?.stop()
  rmSync(home, { recursive: true })
})

const send = (payload: object) =>
  fetch(`${stack.url}/jenkins?token=${stack.secrets.jenkins.value}`, {
    method: 'POST',
    body: JSON.stringify(payload),
    headers: { 'content-type': 'application/json' },
  })

it('shows first what to do, then a deploy that was sent, and its trace with its attributes', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(stack.url)
  expect(await page.getByRole('heading').first().textContent()).toBe('Nothing has arrived yet')
  await send(gathererStart({ parameters: { type: 'deploy', deploy_type: 'ami' } }))
  await send(gathererEnd())
  await page.reload()
  await page.getByRole('main').getByRole('link').first().click()
  const text = await page.getByRole('main').textContent()
  expect(text).toContain('deploy')
  expect(text).toContain('5 min')
  expect(await page.content()).toContain('build.parameter.deploy_type')
})

it.each(['light', 'dark'] as const)('fits 390 pixels without scrolling sideways (%s)', async (colorScheme) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 }, colorScheme })
  await page.goto(stack.url)
  await page.getByRole('main').getByRole('link').first().click()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
})
