import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type Random, randomOf } from '../demo/history/random.ts'
import type { Corpus, Door, Sample } from './corpus.ts'
import { formOf, mutateBytes } from './mutate/bytes.ts'
import { type Headers, mutateHeaders } from './mutate/headers.ts'
import { type Proof, proofOf } from './mutate/sign.ts'
import { mutateStructure, withCanaries, written } from './mutate/structure.ts'
import type { Json } from './mutate/tree.ts'

/** The body of an event, with what it says of its encoding; `bytes` is what it comes to. */
interface Body {
  readonly text: string
  readonly isBase64Encoded: boolean
  readonly bytes: Uint8Array
}

/** One request, and what was done to make it. Made of the seed and the index alone, but for the time that is signed. */
export interface Case {
  readonly seed: number
  readonly index: number
  readonly door: Door
  readonly body: Body
  readonly headers: Headers
  readonly proof: Proof
  readonly mutations: readonly string[]
}

const WEIGHTS = { github: 45, jenkins: 20, events: 25, queue: 10 } as const satisfies Record<Door, number>

export const caseOf = (corpus: Corpus, seed: number, index: number, nowMillis: number): Case => {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
  const door = random.weighted(WEIGHTS)
  const sample = random.pick(corpus[door])
  const payload = payloadOf(random, sample)
  const beside = random.chance(0.2) ? mutateHeaders(random) : undefined
  const { name, ...body } = encoded(random, door, payload.bytes)
  const proof = proofOf(random, door, body.bytes, nowMillis)
  return {
    ...{ seed, index, door, body, proof },
    headers: {
      'content-type': payload.isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      'x-github-event': sample.event,
      'x-github-delivery': `fuzz-${seed}-${index}`,
      ...beside?.headers,
    },
    mutations: [...payload.mutations, beside?.name, name, `signed: ${proof.name}`].filter((word) => word !== undefined),
  }
}

const payloadOf = (
  random: Random,
  { door, payload }: Sample,
): { readonly bytes: Uint8Array; readonly isForm: boolean; readonly mutations: readonly string[] } => {
  const copy = structuredClone(payload) as Json
  withCanaries(copy)
  const times = Number(random.weighted({ 0: 10, 1: 45, 2: 25, 4: 20 }))
  const mutations = Array.from({ length: times }, () => mutateStructure(random, copy))
  const text = written(copy)
  if (door === 'github' && random.chance(0.1)) {
    const form = formOf(random, text)
    return { bytes: form.bytes, isForm: true, mutations: [...mutations, form.name] }
  }
  if (random.chance(0.75)) return { bytes: Buffer.from(text), isForm: false, mutations }
  const { name, bytes } = mutateBytes(random, text)
  return { bytes, isForm: false, mutations: [...mutations, name] }
}

/** As API Gateway hands a body over: text, or base64 where it is none; at times it says one and means the other. */
const encoded = (random: Random, door: Door, bytes: Uint8Array): Body & { readonly name?: string } => {
  const plain = Buffer.from(bytes)
  const text = plain.toString('utf8')
  const isText = Buffer.from(text).equals(plain)
  const way =
    door === 'queue' ? 'as text' : random.weighted({ well: 70, 'in base64': 20, 'not in base64': 5, 'as text': 5 })
  switch (way) {
    case 'as text':
      return { text, isBase64Encoded: false, bytes: Buffer.from(text) }
    case 'not in base64':
      return { name: way, text, isBase64Encoded: true, bytes: Buffer.from(text, 'base64') }
    case 'in base64':
      return { name: way, text: plain.toString('base64'), isBase64Encoded: true, bytes: plain }
    default:
      return isText
        ? { text, isBase64Encoded: false, bytes: plain }
        : { text: plain.toString('base64'), isBase64Encoded: true, bytes: plain }
  }
}

/** The event of API Gateway for it. */
export const eventOf = ({ door, headers, body: { text, isBase64Encoded }, proof }: Case): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: `POST /${door}`,
  rawPath: `/${door}`,
  rawQueryString: '',
  headers: Object.fromEntries(
    Object.entries({ ...headers, ...proof.headers }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  ),
  ...(proof.query === undefined ? {} : { queryStringParameters: { ...proof.query } }),
  ...(proof.path === undefined ? {} : { pathParameters: { token: proof.path } }),
  body: text,
  isBase64Encoded,
  requestContext: {} as APIGatewayProxyEventV2['requestContext'],
})
