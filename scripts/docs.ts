import { writeFileSync } from 'node:fs'
import { attributesPage } from './attributes-page.ts'

writeFileSync('docs/attributes.md', attributesPage())
