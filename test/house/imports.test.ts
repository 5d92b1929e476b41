import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/**
 * Imports run one way. Of each folder: which others it may import from, and which packages. Tests, and what a folder
 * imports of itself, are not held to it.
 */
const MAY_IMPORT: Readonly<
  Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[] }>
> = {
  'lib/aws': { folders: ['lib/http'], packages: ['node:crypto', 'node:timers/promises'] },
  'lib/delivery': { folders: [], packages: ['node:crypto'] },
  'lib/github': { folders: ['lib/delivery'], packages: ['node:crypto', 'zod/mini'] },
  'lib/http': { folders: [], packages: ['node:http', 'node:https', 'node:url'] },
  'lib/jenkins': { folders: ['lib/delivery'], packages: ['node:crypto', 'zod/mini'] },
  'lib/events': { folders: ['lib/delivery'], packages: ['standardwebhooks', 'zod/mini'] },
  'lib/record': { folders: ['lib/delivery'], packages: [] },
  'lib/redeliver': { folders: [], packages: [] },
  'lib/comment': { folders: ['lib/record', 'lib/redeliver', 'lib/delivery'], packages: [] },
  'lib/github-api': { folders: ['lib/redeliver', 'lib/comment'], packages: ['zod/mini', '@octokit/request'] },
  'lib/dynamodb': {
    folders: ['lib/aws', 'lib/record', 'lib/redeliver', 'lib/comment', 'lib/delivery'],
    packages: [
      'node:crypto',
      'zod/mini',
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/lib-dynamodb',
      '@aws-sdk/util-dynamodb',
    ],
  },
  'lib/otlp': {
    folders: ['lib/http', 'lib/record', 'lib/delivery'],
    packages: [
      'node:async_hooks',
      'node:diagnostics_channel',
      'node:http',
      'node:zlib',
      'zod/mini',
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/otlp-exporter-base',
      '@opentelemetry/otlp-transformer',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace-base',
    ],
  },
  'lib/lambda': { folders: ['lib/record', 'lib/redeliver', 'lib/comment', 'lib/delivery'], packages: ['aws-lambda'] },
  'lib/settings': { folders: ['lib/aws'], packages: [] },
}

/** Of the adapters, only the ports of what they adapt: `ports.ts`. */
const PORTS_ONLY = new Set(['lib/dynamodb', 'lib/github-api', 'lib/otlp'])
const WITH_PORTS = new Set(['lib/record', 'lib/redeliver', 'lib/comment'])

interface Import {
  readonly file: string
  readonly from: string
}

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))

const importsOf = (file: string): readonly Import[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from |import\()'([^']+)'/g)].map(([, from]) => ({
    file,
    from: from?.startsWith('.') ? normalize(join(dirname(file), from)) : (from ?? ''),
  }))

const isAllowed = (folder: string, { from }: Import): boolean => {
  const rule = MAY_IMPORT[folder]
  if (rule === undefined) return false
  if (!from.startsWith('lib/')) return rule.packages.includes(from)
  const other = from.split('/').slice(0, 2).join('/')
  if (other === folder) return true
  return (
    rule.folders.includes(other) && (!PORTS_ONLY.has(folder) || !WITH_PORTS.has(other) || from === `${other}/ports.ts`)
  )
}

describe('the layout', () => {
  it('has a rule for every folder of lib, and a folder for every rule', () => {
    expect(readdirSync('lib').map((name) => `lib/${name}`)).toEqual(Object.keys(MAY_IMPORT).sort())
  })

  it.each(Object.keys(MAY_IMPORT))('%s imports nothing that it may not', (folder) => {
    const imports = filesBelow(folder).flatMap(importsOf)
    expect(imports.length).toBeGreaterThan(0)
    expect(imports.filter((found) => !isAllowed(folder, found))).toEqual([])
  })

  it('has nothing in a function but a handler that joins the parts', () => {
    for (const name of readdirSync('functions', { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      expect(readdirSync(join('functions', name.name)).sort()).toEqual(['function.yml', 'handler.ts'])
    }
  })

  it('keeps test, demo and local code out of what is deployed', () => {
    const deployed = [...filesBelow('lib'), ...filesBelow('functions')].flatMap(importsOf)
    expect(deployed.filter(({ from }) => /^(?:test|demo|local|explorer|bench|scripts)\//.test(from))).toEqual([])
  })
})
