import { writeFileSync } from 'node:fs'
import { attributesPage } from './attributes-page.ts'
import { commandLinePage } from './command-line-page.ts'

writeFileSync('docs/attributes.md', attributesPage())
writeFileSync('docs/command-line.md', commandLinePage())
