import { buildPage, writePage } from '../explorer/page-build.ts'

/** Builds the explorer's page for a release, which has not what it is made of. */
writePage(await buildPage())
