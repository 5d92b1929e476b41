import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const LIBRARY = 'infra/jenkins'
const sources = readdirSync(LIBRARY, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^src\/.*\.groovy$/.test(file))
  .map((file) => readFileSync(join(LIBRARY, file), 'utf8'))

// Jenkins runs Groovy 2.4 itself; where none is installed, what the library sends is still held by cases.test.ts.
const hasGroovy = spawnSync('groovy', ['--version']).status === 0
const withGroovy = hasGroovy ? it : it.failing

describe('the Jenkins library', () => {
  withGroovy(hasGroovy ? 'passes its own tests in Groovy' : 'is not run here, since there is no groovy', () => {
    const classpath = `${LIBRARY}/src:${LIBRARY}/test/stubs`
    const told = execFileSync('groovy', ['-cp', classpath, `${LIBRARY}/test/LibraryTest.groovy`], { encoding: 'utf8' })
    expect(told).toMatch(/\n17 passed, 0 failed\n$/)
  })

  it("has nothing but Groovy's and Java's own classes, so that it needs no plugin to compile", () => {
    const imports = sources.flatMap((source) =>
      [...source.matchAll(/^import ([\w.]+)\.\w+$/gm)].map(([, from]) => from),
    )
    expect([...new Set(imports)].sort()).toEqual([
      'com.cloudbees.groovy.cps',
      'groovy.json',
      'java.nio.charset',
      'java.util.concurrent',
      'javax.crypto',
      'javax.crypto.spec',
    ])
  })

  it('keeps what Jenkins cannot suspend out of what it suspends: all but the steps is @NonCPS', () => {
    const pure = sources.filter((source) => !/^class Block /m.test(source))
    const methods = pure.flatMap((source) => [
      ...source.matchAll(/^( {2}@NonCPS\n)? {2}(?:private )?static (?!final).*\{$/gm),
    ])
    expect(methods.length).toBeGreaterThan(10)
    expect(methods.filter(([, annotation]) => annotation === undefined).map(([line]) => line)).toEqual([])
  })
})
