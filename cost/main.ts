import { readFileSync, writeFileSync } from 'node:fs'
import { readFigures, readReport } from './figures.ts'
import { costTables, withParts } from './page.ts'

const FIGURES = 'docs/figures.json'
const PARTS = {
  'docs/cost.md': costTables(readFigures(FIGURES)),
  'docs/performance.md': { figures: readReport(FIGURES) },
}

/** Puts what the bench has measured into the pages. */
for (const [page, parts] of Object.entries(PARTS)) writeFileSync(page, withParts(readFileSync(page, 'utf8'), parts))
