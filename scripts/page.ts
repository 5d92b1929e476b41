import { buildPage, writePage } from '../explorer/page-build.ts'

/** Builds the explorer's page for a release, which has no esbuild. */
writePage(await buildPage())
