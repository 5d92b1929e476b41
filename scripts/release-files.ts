/**
 * What may be in a release: TypeScript as it is, which tsx loads, the built page, what serverless.yml reads, and what a
 * user copies from it into Grafana and Jenkins.
 */
const ALLOWED = [
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|serverless\.yml)$/,
  /^docs\/[\w-]+\.md$/,
  /^(?:cli|demo|functions|lib|local)\/(?:[\w-]+\/)*[\w-]+\.(?:ts|cjs|yml)$/,
  /^explorer\/(?!page\/)(?:[\w-]+\/)*[\w-]+\.ts$/,
  /^explorer\/page\/dist\/(?:index\.html|page\.js|page\.css|first-paint\.js)$/,
  /^infra\/[\w-]+\.yml$/,
  /^infra\/dashboards\/[\w-]+\.json$/,
  /^infra\/jenkins\/(?:src|vars|examples)\/(?:[\w-]+\/)*[\w-]+\.(?:groovy|Jenkinsfile)$/,
] as const

/** Without one of these a command fails. */
const NEEDED = [
  'cli/valuestream.cjs',
  'cli/main.ts',
  'demo/main.ts',
  'explorer/page/dist/index.html',
  'explorer/page/dist/page.js',
  'functions/github/handler.ts',
  'functions/github/function.yml',
  'infra/table.yml',
  'lib/record/receive.ts',
  'local/dynamodb-worker.cjs',
  'local/start.ts',
  'package.json',
  'serverless.yml',
  'LICENSE',
] as const

/** What is in a release and should not be, and what is missing. */
export interface FilesVerdict {
  readonly unwanted: readonly string[]
  readonly missing: readonly string[]
}

export const filesVerdict = (files: readonly string[]): FilesVerdict => ({
  unwanted: files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file))),
  missing: NEEDED.filter((file) => !files.includes(file)),
})

/** The packages that a source imports at run time; what is only a type is gone by then. */
export const packagesIn = (source: string): readonly string[] => [
  ...new Set(
    [
      ...source.matchAll(
        /^(?:import|export) (?!type )[^'"]*?from '([^'.][^']*)'|import\('([^'.][^']*)'\)|require\('([^'.][^']*)'\)/gms,
      ),
    ]
      .map(([, from, imported, required]) => from ?? imported ?? required ?? '')
      .filter((name) => !name.startsWith('node:'))
      .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name),
  ),
]
