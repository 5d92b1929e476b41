import { readFileSync } from 'node:fs'
import { ATTRIBUTES } from '../../lib/delivery/attributes.ts'
import { PROFILES, type Profile } from '../../lib/settings/profiles.ts'
import { PANELS } from '../../scripts/dashboards/definition.ts'
import { traceQl } from '../../scripts/dashboards/tempo.ts'

const page = readFileSync('docs/backends.md', 'utf8')

describe('the page on backends', () => {
  it.each(Object.entries(PROFILES) as [string, Profile][])(
    'has a row for %s, with its address and header',
    (name, { endpoint, header }) => {
      const row = page.split('\n').find((line) => line.startsWith(`| [\`${name}\`]`))
      expect(row).toContain(endpoint ?? 'to be set')
      expect(row).toContain(header ?? '')
    },
  )

  it('says of every backend that drops old spans after how many hours', () => {
    for (const [name, { oldestStartMillis }] of Object.entries(PROFILES) as [string, Profile][]) {
      const row = page.split('\n').find((line) => line.startsWith(`| [\`${name}\`]`))
      if (oldestStartMillis !== undefined) expect(row).toContain(`after ${oldestStartMillis / 3_600_000} hours`)
    }
  })

  it('asks for no attribute that is not emitted', () => {
    const asked = [...page.matchAll(/\b(?:valuestream|deployment|vcs|cicd|build)\.[a-z_]+(?:\.[a-z_]+)*/g)].map(
      ([name]) => name,
    )
    const known = ATTRIBUTES.map(({ name }) => name.replace('<name>', 'deploy_type'))
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter((name) => !known.some((one) => one === name))).toEqual([])
  })

  it("has the queries of Tempo's dashboard", () => {
    for (const panel of PANELS) expect(page).toContain(`\n${traceQl(panel)}\n`)
  })

  it('has JSON where it says so', () => {
    const blocks = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json)
    expect(blocks).toHaveLength(3)
    for (const json of blocks) expect(() => JSON.parse(json)).not.toThrow()
  })
})
