import { isUtf8 } from 'node:buffer'
import { tells } from './canary.ts'
import type { Case } from './case.ts'
import type { Ground, Response } from './ground.ts'

/** Every promise; each is counted by its name. */
export const PROMISES = {
  status: 'Every answer has a status of the design: 200, 202, 400, 401 or 413.',
  refused: 'What is not signed is answered 401 or 413, and nothing of it is recorded.',
  accepted: 'What is signed is not answered 401, unless it is an event whose bytes are no UTF-8.',
  json: 'Every answer is an object of JSON.',
  answer:
    'No answer tells anything of a payload but the keys of activities and the names of fields, and nothing of a secret.',
  log: 'One line a webhook, which tells no more.',
  prototype: 'Nothing is put into a prototype.',
  replay: 'The same again under another id changes nothing and sends no span.',
  crash: 'Nothing is thrown, and no promise is rejected that nobody looks at.',
  processor: 'No answer takes more than 100 ms of a processor.',
} as const
export type PromiseName = keyof typeof PROMISES

/** A promise that was not kept, and what was seen instead. */
export interface Breach {
  readonly promise: PromiseName
  readonly seen: string
}

/** What can be told of one case by its answer, its line and the table. */
export const breachesOf = (
  { door, proof, body }: Case,
  { status, body: answer }: Response,
  ground: Ground,
): Breach[] => {
  const breaches: Breach[] = []
  const expect = (holds: boolean, promise: PromiseName, seen: () => string): void => {
    if (!holds) breaches.push({ promise, seen: seen() })
  }
  const line = ground.lines.join('\n')
  expect([200, 202, 400, 401, 413].includes(status), 'status', () => `${status} ${line.slice(0, 600)}`)
  if (!proof.genuine) {
    expect((status === 401 || status === 413) && ground.writes() === 0, 'refused', () => `${status} ${proof.name}`)
  } else {
    const isText = isUtf8(body.bytes)
    expect(status !== 401 || (door === 'events' && !isText), 'accepted', () => `${status} ${proof.name} ${answer}`)
  }
  expect(isObject(answer), 'json', () => answer.slice(0, 200))
  expect(!tells(withoutKeys(answer)), 'answer', () => answer.slice(0, 600))
  expect(ground.lines.length === 1 && isObject(line) && !tells(withoutKeys(line)), 'log', () => line.slice(0, 600))
  return breaches
}

const isObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/**
 * The keys of activities are told, and are made of repositories' names, numbers and addresses; and of a field that is
 * wrong the name, so far as it looks like one.
 */
const withoutKeys = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) => {
      if (name === 'key' || name === 'parent' || name === 'because') return undefined
      return typeof value === 'string' ? value.replace(/^the field [\w.-]+ /, '') : value
    })
  } catch {
    return text
  }
}

/** What every object has from its prototypes; each member more is one that was put there. */
export const prototypeMembers = (): number =>
  [Object.prototype, Array.prototype, Function.prototype, String.prototype]
    .map((prototype) => Reflect.ownKeys(prototype).length)
    .reduce((sum, length) => sum + length)
