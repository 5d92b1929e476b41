import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PageFiles } from '../../explorer/server/page-files.ts'
import { refusal } from '../../local/refusal.ts'

const BUILT = join(import.meta.dirname, '..', '..', 'explorer', 'page', 'dist')

/** The page as it was built. @throws Refusal when it was not */
export const builtPage = async (): Promise<PageFiles> => {
  if (!existsSync(join(BUILT, 'index.html'))) throw refusal('The explorer’s page is not built: run npm run page first.')
  const text = (name: string) => readFileSync(join(BUILT, name), 'utf8')
  return { html: text('index.html'), js: text('page.js'), css: text('page.css') }
}
