import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const engines = z.optional(z.object({ node: z.optional(z.string()) }))
const lock = z
  .object({ packages: z.record(z.string(), z.object({ engines: z.catch(engines, undefined) })) })
  .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))

/** `>=20.19` as numbers. */
const numbersOf = (version: string): readonly number[] => version.replace(/^\D+/, '').split('.').map(Number)

const isAtLeast = (version: readonly number[], least: readonly number[]): boolean => {
  const differs = version.findIndex((part, at) => part !== (least[at] ?? 0))
  return differs === -1 || (version[differs] ?? 0) > (least[differs] ?? 0)
}

/** Of the forms that stand in the lock: `*`, `>=18.17`, `^20.19.0`, `20` and `20.*`, several of them with a blank or `||`. */
const admits = (range: string, version: readonly number[]): boolean =>
  range.split('||').some((alternative) =>
    alternative
      .replace(/>=\s+/g, '>=')
      .trim()
      .split(/\s+/)
      .every((one) => {
        if (one === '*') return true
        const least = numbersOf(one.replace(/\.\*$/, ''))
        return isAtLeast(version, least) && (one.startsWith('>=') || version[0] === least[0])
      }),
  )

const least = numbersOf(lock.packages['']?.engines?.node ?? '')

/** What asks for more makes `npm ci` begin with a warning, or with `engine-strict` fail, on a Node that the README names. */
test('every package runs on the oldest Node that ValueStream promises', () => {
  expect(least).toEqual([20, 19])
  const newer = Object.entries(lock.packages).flatMap(([path, { engines }]) =>
    engines?.node === undefined || admits(engines.node, [...least, 0]) ? [] : [`${path} ${engines.node}`],
  )
  expect(newer).toEqual([])
})

test.each([
  ['>=22', false],
  ['>=20.20', false],
  ['>= 20.12.0', true],
  ['^18.14.0 || ^20.0.0 || >=24.0.0', true],
  ['^20.19.1 || >=22', false],
  ['18 || 20 || >=22', true],
  ['6.* || 8.*', false],
])('%s: %s', (range, admitted) => {
  expect(admits(range, [20, 19, 0])).toBe(admitted)
})
