import type { Random } from '../../demo/history/random.ts'
import { CANARY } from '../canary.ts'
import { hostileText } from './hostile-text.ts'
import { type Json, type Place, placesOf, removeAt, setAt, valueAt } from './tree.ts'

/** Stands in a payload for what `JSON.stringify` does not write; {@link written} puts it in. */
const RAW = 'raw-json:'
const RAW_MEMBER = /"raw-json:((?:[^"\\]|\\.)*)"/g

/** A payload as text, with what JSON can say and objects cannot. */
export const written = (payload: Json): string =>
  JSON.stringify(payload).replace(RAW_MEMBER, (_, encoded: string) => rawText(encoded))

const rawText = (encoded: string): string => {
  const [word = '', count = '0'] = encoded.split('*')
  const [open, close] = word === '[' ? ['[', ']'] : ['{"a":', '}']
  if (word !== '[' && word !== '{') return encoded
  return [open.repeat(Number(count)), '1', close.repeat(Number(count))].join('')
}

/** What stands for much more than it is long is not to be multiplied. */
const withoutRaw = (value: Json): Json => (JSON.stringify(value).includes(RAW) ? null : value)

/** The members that the translations read; the others of a payload are many and are skipped over. */
const READ = new Set(
  (
    'action number title body ref sha state state_reason html_url login name full_name owner repository default_branch ' +
    'created_at updated_at closed_at merged_at pushed_at submitted_at merged merge_commit_sha draft message timestamp ' +
    'target_url context description branches labels assignees milestone type user head base label repo commits before after ' +
    'conclusion id run_attempt run_number head_sha head_branch head_repository run_started_at event pull_requests ' +
    'deployment deployment_status environment log_url workflow_run issue pull_request review changes from old_issue ' +
    'parent_issue parent_issue_repo sub_issue sub_issue_repo parent_issue_url private distinct deleted head_commit ' +
    'ciUrl buildUrl jobName fullJobName result startTime endTime duration queueTime contextId buildCause startedUserName ' +
    'parameters scmInfo scm url branch commit buildFailureCauses slaveInfo slaveName full_url phase status test_summary ' +
    'build total CHANGE_ID traceparent vstrace-trace-id ' +
    'source time started error parent links production metadata specversion data subject content customData outcome errors ' +
    'pipelineName artifactId ticketURI uri service deploy link'
  ).split(' '),
)

/** What may be done to a place; gives a word for what was done. */
const OPERATIONS: Readonly<Record<string, (random: Random, place: Place, places: readonly Place[]) => string>> = {
  drop: (_, place) => {
    removeAt(place)
    return ''
  },
  'wrong type': (random, place) => {
    const value = random.pick<Json>([
      null,
      1,
      -1,
      0,
      true,
      false,
      '',
      '0',
      [],
      {},
      [null],
      [[]],
      { length: -1 },
      { toString: 1 },
    ])
    setAt(place, value)
    return JSON.stringify(value)
  },
  'hostile text': (random, place) => {
    const { name, text } = hostileText(random)
    setAt(place, text)
    return name
  },
  number: (random, place) => {
    const value = random.pick([
      ...([
        '1e999',
        '-1e999',
        '1e300',
        '-1e300',
        '1e21',
        '9007199254740993',
        '0.1',
        '-0',
        '1e-320',
        '253402300800000',
      ] as const),
      ...['8640000000000001', '1'.repeat(1_000), '-1', '0', '2147483648', '99999999999'],
    ])
    setAt(place, RAW + value)
    return value.slice(0, 20)
  },
  nest: (random, place) => {
    const value = `${random.pick(['[', '{'])}*${random.pick([100, 5_000, 100_000])}`
    setAt(place, RAW + value)
    return value
  },
  'long list': (random, place) => {
    const before = withoutRaw(valueAt(place))
    const element = random.pick<Json>([
      (Array.isArray(before) ? before[0] : before) ?? null,
      0,
      null,
      {},
      CANARY,
      { name: 'x' },
    ])
    const size = JSON.stringify(element).length + 1
    const length = Math.min(random.pick([1_000, 20_000, 200_000]), Math.floor(1_000_000 / size))
    setAt(
      place,
      Array.from({ length }, () => structuredClone(element)),
    )
    return `${length} times ${JSON.stringify(element).slice(0, 20)}`
  },
  'many members': (random, place) => {
    const length = random.pick([100, 10_000])
    setAt(
      place,
      Object.fromEntries(Array.from({ length }, (_, at) => [`${CANARY}${at}`, random.pick<Json>(['x', 1, null])])),
    )
    return String(length)
  },
  'another value': (random, place, places) => {
    const other = random.pick(places as [Place, ...Place[]])
    setAt(place, structuredClone(valueAt(other)))
    return other.path
  },
  prototype: (random, place) => {
    const value: Json = {}
    for (const member of ['__proto__', 'constructor', 'prototype'])
      setAt({ holder: value, member }, { polluted: CANARY, name: CANARY })
    setAt(place, value)
    const word = random.pick(['__proto__', 'constructor', 'prototype', 'toString', 'valueOf'])
    setAt({ holder: place.holder, member: word }, random.pick<Json>([{ polluted: CANARY }, CANARY, 1]))
    return word
  },
  'hostile name': (random, place) => {
    const { name, text } = hostileText(random)
    setAt(
      { holder: place.holder, member: Array.isArray(place.holder) ? '0' : text },
      random.pick<Json>(['x', 1, {}, null, valueAt(place)]),
    )
    return name
  },
}
const NAMES = Object.keys(OPERATIONS) as [string, ...string[]]

/** Does something to one place of a payload, mostly to one that is read. */
export const mutateStructure = (random: Random, payload: Json): string => {
  const places = placesOf(payload)
  const read = places.filter(({ member }) => READ.has(member))
  const [first, ...rest] = random.chance(0.85) && read.length > 0 ? read : places
  if (first === undefined) return 'nothing'
  const place = random.pick([first, ...rest])
  const name = random.pick(NAMES)
  return `${place.path.slice(0, 80)}: ${name} ${OPERATIONS[name]?.(random, place, places) ?? ''}`
}

/** Puts the canary into what nobody but the backend has to see: texts, people, parameters. */
export const withCanaries = (payload: Json): void => {
  for (const place of placesOf(payload)) {
    const value = valueAt(place)
    if (PRIVATE.has(place.member) && typeof value === 'string' && value !== '') setAt(place, `${value} ${CANARY}`)
  }
}
const PRIVATE = new Set([
  'title',
  'body',
  'description',
  'message',
  'startedUserName',
  'slaveName',
  'errors',
  'error',
  'suite',
  'npm_token',
])
