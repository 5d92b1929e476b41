import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** An empty folder that is gone after the test. */
export const temporaryFolder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'valuestream-'))
  onTestFinished(path)
  return path
}

const made: string[] = []
const onTestFinished = (path: string) => made.push(path)

afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true })
})
