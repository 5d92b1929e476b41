import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The page as it is served: the document under every view's address, its script and its style under `/assets/`. */
export interface BuiltPage {
  readonly html: string
  readonly js: string
  readonly css: string
}

/**
 * Nothing but what this server sends: whatever a title or an attribute holds, nothing of it can run, and nothing can be
 * sent anywhere. ECharts' SVG has style attributes; style elements and addresses of styles stay closed.
 */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const SOURCE = join(import.meta.dirname, 'page')
const DIST = join(SOURCE, 'dist')
const FILES = { html: 'index.html', js: 'page.js', css: 'page.css' } as const

/** The page of a release, or else, in a checkout, built now, which takes esbuild less than a second. */
export const loadPage = async (): Promise<BuiltPage> => (existsSync(join(DIST, FILES.html)) ? readPage() : buildPage())

/** Bundles the page. esbuild is loaded only here: a release has the page and not esbuild. */
export const buildPage = async (): Promise<BuiltPage> => {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: { page: join(SOURCE, 'main.tsx') },
    outdir: DIST,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  return { html: readFileSync(join(SOURCE, 'index.html'), 'utf8'), js: textOf('.js'), css: textOf('.css') }
}

/** Writes it to where {@link loadPage} finds it. */
export const writePage = (page: BuiltPage): void => {
  mkdirSync(DIST, { recursive: true })
  for (const part of ['html', 'js', 'css'] as const) writeFileSync(join(DIST, FILES[part]), page[part])
}

const readPage = (): BuiltPage => {
  const read = (part: keyof typeof FILES) => readFileSync(join(DIST, FILES[part]), 'utf8')
  return { html: read('html'), js: read('js'), css: read('css') }
}
