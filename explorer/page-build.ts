import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The page as it is served: the document under every view's address, its scripts and its style under `/assets/`. */
export interface BuiltPage {
  readonly html: string
  /** Runs before anything is painted. */
  readonly firstPaint: string
  readonly js: string
  readonly css: string
}

const SOURCE = join(import.meta.dirname, 'page')
const DIST = join(SOURCE, 'dist')
const FILES = { html: 'index.html', firstPaint: 'first-paint.js', js: 'page.js', css: 'page.css' } as const

/** The page of a release, or else, in a checkout, built now, which takes esbuild less than a second. */
export const loadPage = async (): Promise<BuiltPage> => (existsSync(join(DIST, FILES.html)) ? readPage() : buildPage())

/** Bundles the page. esbuild is loaded only here: a release has the page, and neither its sources nor Preact and ECharts. */
export const buildPage = async (): Promise<BuiltPage> => {
  const { build } = await import('esbuild')
  const bundle = async (entry: string, format: 'esm' | 'iife') => {
    const { outputFiles } = await build({
      entryPoints: { page: join(SOURCE, entry) },
      outdir: DIST,
      bundle: true,
      write: false,
      minify: true,
      format,
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'error',
    })
    return (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
  }
  const [page, firstPaint] = await Promise.all([bundle('main.tsx', 'esm'), bundle('state/first-paint.ts', 'iife')])
  return {
    html: readFileSync(join(SOURCE, FILES.html), 'utf8'),
    firstPaint: firstPaint('.js'),
    js: page('.js'),
    css: page('.css'),
  }
}

/** Writes it to where {@link loadPage} finds it. */
export const writePage = (page: BuiltPage): void => {
  mkdirSync(DIST, { recursive: true })
  for (const part of ['html', 'firstPaint', 'js', 'css'] as const) writeFileSync(join(DIST, FILES[part]), page[part])
}

const readPage = (): BuiltPage => {
  const read = (part: keyof typeof FILES) => readFileSync(join(DIST, FILES[part]), 'utf8')
  return { html: read('html'), firstPaint: read('firstPaint'), js: read('js'), css: read('css') }
}
