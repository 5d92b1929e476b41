import { writeFileSync } from 'node:fs'
import { dashboardFiles } from './dashboards/files.ts'

for (const [path, text] of Object.entries(dashboardFiles())) writeFileSync(path, text)
