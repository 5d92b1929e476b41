import { randomBytes } from 'node:crypto'
import type { CompletedSpan } from '../../../lib/delivery/span.ts'
import { otlpExporter } from '../../../lib/otlp/exporter.ts'
import type { ExportOutcome } from '../../../lib/record/ports.ts'
import { type Environment, readExportSettings, SettingError } from '../../../lib/settings/settings.ts'
import { type Finding, ok, problem } from '../finding.ts'

/** A span that tells what it is. */
const testSpan = (nowMillis: number): CompletedSpan => ({
  traceId: randomBytes(16).toString('hex'),
  spanId: randomBytes(8).toString('hex'),
  name: 'valuestream_doctor',
  kind: 'internal',
  startMillis: nowMillis - 1000,
  endMillis: nowMillis,
  isError: false,
  attributes: { service: 'valuestream-doctor', 'event.title': 'A test of npx valuestream doctor' },
  links: [],
  events: [],
})

/** Sends the backend a test span as the functions send theirs, and tells what came back. */
export const backendFinding = async (
  env: Environment,
  headers: string | undefined,
  now: () => number,
): Promise<Finding> => {
  try {
    const settings = readExportSettings(env, headers)
    const span = testSpan(now())
    return outcomeFinding(await otlpExporter(settings).export([span]), settings.url, span.traceId)
  } catch (error) {
    if (!(error instanceof SettingError)) throw error
    return problem('backend', error.message, 'Until then spans wait in the outbox.')
  }
}

const outcomeFinding = (outcome: ExportOutcome, url: string, traceId: string): Finding => {
  switch (outcome.kind) {
    case 'accepted':
      return ok('backend', `${url} has taken a test span, trace ${traceId}.`)
    case 'refused':
      return problem(
        'backend',
        `${url} refuses a test span: ${outcome.message}.`,
        'What is refused so is undeliverable: docs/operations.md.',
      )
    case 'retryable':
      return problem('backend', `${url} took no test span: ${outcome.message}.`, remedyFor(outcome.message))
  }
}

const remedyFor = (message: string): string => {
  if (/answered 40[13]/.test(message)) return 'Its token is wrong: store another one in otlp-headers.'
  if (/answered 404/.test(message)) return 'Its address is wrong: deploy with another --endpoint.'
  return 'Is the address right, and does it answer from here? Meanwhile spans wait in the outbox.'
}
