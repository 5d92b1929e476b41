import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { filesVerdict, packagesIn } from '../../scripts/release-files.ts'

const PACKED = z.array(z.object({ files: z.array(z.object({ path: z.string() })) }))
const PACKAGE = z.object({ dependencies: z.record(z.string(), z.string()) })

/** Without the scripts, which build the page. */
const listed = (): readonly string[] => {
  const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' })
  return z.parse(PACKED, JSON.parse(out)).flatMap(({ files }) => files.map(({ path }) => path))
}

const BUILT = ['index.html', 'page.js', 'page.css', 'first-paint.js'].map((name) => `explorer/page/dist/${name}`)

describe('a release', () => {
  const files = [...new Set([...listed(), ...BUILT])]

  it('holds what is needed, and nothing else', () => {
    expect(filesVerdict(files)).toEqual({ unwanted: [], missing: [] })
  })

  it('depends on all that it imports', () => {
    const { dependencies } = z.parse(PACKAGE, JSON.parse(readFileSync('package.json', 'utf8')))
    const imported = files
      .filter((file) => /\.(?:ts|cjs)$/.test(file))
      .flatMap((file) => packagesIn(readFileSync(file, 'utf8')))
    expect([...new Set(imported)].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([])
    expect(imported).toContain('@duckdb/node-api')
  })
})

it('tells what should not be in a release, and what is missing', () => {
  expect(filesVerdict(['test/cli/main.test.ts', 'explorer/page/main.tsx', '.valuestream/secrets.json'])).toMatchObject({
    unwanted: ['test/cli/main.test.ts', 'explorer/page/main.tsx', '.valuestream/secrets.json'],
    missing: expect.arrayContaining(['cli/main.ts', 'explorer/page/dist/page.js']),
  })
})

it('tells imports of types from those of code', () => {
  expect(
    packagesIn(
      [
        "import type { Context } from 'aws-lambda'",
        "import { type Hono } from 'hono/body-limit'",
        "import { readFileSync } from 'node:fs'",
        "import {\n  A,\n} from '@aws-sdk/client-ssm'",
        "const { build } = await import('esbuild')",
        "import { own } from './own.ts'",
      ].join('\n'),
    ),
  ).toEqual(['hono', '@aws-sdk/client-ssm', 'esbuild'])
})
