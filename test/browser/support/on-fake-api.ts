import type { Browser, Page } from 'playwright-core'
import { buildPage } from '../../../explorer/page-build.ts'
import { launchChromium } from './chromium.ts'
import { type FakeApi, startFakeApi } from './fake-api.ts'

/** Gives every test of a file a page of its own, and an API that answers its fixtures anew. */
export const onFakeApi = (use: (api: FakeApi, page: Page) => void): void => {
  let api: FakeApi
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    api = await startFakeApi(await buildPage())
    browser = await launchChromium()
  })
  beforeEach(async () => {
    api.reset()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    use(api, page)
  })
  afterEach(() => page.close())
  afterAll(async () => {
    await browser?.close()
    await api?.stop()
  })
}
