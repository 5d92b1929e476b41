import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium } from '../test/browser/support/chromium.ts'
import { settled, watchedPage } from '../test/browser/support/watched-page.ts'

/** One of the demo's issues whose deploy failed twice: the trace that the demo prints. */
const TRACE = "SELECT trace_id FROM spans WHERE operation = 'issue' AND title LIKE 'acme/payments#4 %'"
const QUESTION = `SELECT date_trunc('week', end_time) AS week,
       count(*) AS deploys,
       count(*) FILTER (is_error) AS failed
FROM spans
WHERE operation = 'deploy' AND end_time IS NOT NULL
GROUP BY week
ORDER BY week`

interface View {
  readonly name: string
  readonly path: string
  readonly height: number
}

const traceIdOf = async (url: string): Promise<string> => {
  const response = await fetch(`${url}/api/ask`, {
    method: 'POST',
    body: JSON.stringify({ sql: TRACE }),
    headers: { 'content-type': 'application/json' },
  })
  const id = /[0-9a-f]{32}/.exec(await response.text())?.[0]
  if (id === undefined) throw new Error(`Nothing of the demo is at ${url}: start npm run demo, and name its address.`)
  return id
}

const viewsOf = (traceId: string): readonly View[] => [
  { name: 'explore', path: '/explore?operation=issue&select=slow', height: 990 },
  { name: 'flow', path: '/flow', height: 1000 },
  { name: 'trace', path: `/traces/${traceId}`, height: 470 },
  { name: 'ask', path: `/ask?as=bar&sql=${encodeURIComponent(QUESTION)}`, height: 900 },
]

/** The pictures of the README and of docs/explorer.md, from a demo that runs. */
const takeScreenshots = async (url: string): Promise<void> => {
  const folder = join(import.meta.dirname, '..', 'docs', 'images')
  mkdirSync(folder, { recursive: true })
  const views = viewsOf(await traceIdOf(url))
  const browser = await launchChromium()
  try {
    for (const { name, path, height } of views) {
      const { page } = await watchedPage(browser, { viewport: { width: 1280, height } })
      await page.goto(url + path)
      await settled(page)
      // The charts draw themselves after their figures have come.
      await page.waitForTimeout(1000)
      await page.screenshot({ path: join(folder, `${name}.png`) })
      await page.close()
    }
  } finally {
    await browser.close()
  }
}

await takeScreenshots(process.argv[2] ?? 'http://localhost:3000')
