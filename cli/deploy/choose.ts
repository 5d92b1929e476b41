import { refusal } from '../../local/refusal.ts'
import type { Asker } from './ask.ts'
import { headersOf, needsOf } from './backend.ts'
import { type DeployedSettings, effectiveParam, type Params, toldParams, type WrittenParams } from './settings.ts'

/** Asks for the backend and its address where nobody has said them. @throws Refusal when an address is missing */
export const withBackend = async (
  said: Params,
  deployed: DeployedSettings,
  written: WrittenParams,
  ask: Asker | undefined,
): Promise<Params> => {
  const known = toldParams(said, deployed, written)
  const isSaid = said.backend !== undefined || written.stage.backend !== undefined
  const asked =
    isSaid || ask === undefined ? {} : { backend: await ask.backend(effectiveParam('backend', known, written)) }
  const chosen = { ...said, ...asked }
  const told = toldParams(chosen, deployed, written)
  const backend = effectiveParam('backend', told, written)
  if (!needsOf(backend, effectiveParam('otlp-traces-endpoint', told, written)).needsEndpoint) return chosen
  if (ask === undefined) {
    throw refusal(`The backend ${backend} has no address of its own: name the URL that takes traces with --endpoint.`)
  }
  return { ...chosen, 'otlp-traces-endpoint': await ask.endpoint(backend) }
}

export interface HeadersQuestion {
  readonly request: { readonly headers?: string; readonly replacesHeaders: boolean }
  readonly written: WrittenParams
  readonly ask: Asker | undefined
  readonly hasStored: boolean
  /** The stored headers may be another backend's. */
  readonly isOther: boolean
}

/** @throws Refusal when the backend wants a header, and there is none */
export const headersFor = async (
  params: Params,
  { request: { headers, replacesHeaders }, written, ask, hasStored, isOther }: HeadersQuestion,
): Promise<{ readonly headers: string | undefined; readonly replaces: boolean }> => {
  const [backend, endpoint] = ['backend', 'otlp-traces-endpoint'].map((name) => effectiveParam(name, params, written))
  const { header } = needsOf(backend ?? '', endpoint ?? '')
  if (ask === undefined && header !== undefined && hasStored && isOther && !replacesHeaders) {
    throw refusal(
      `The stored headers are another backend's: set OTEL_EXPORTER_OTLP_HEADERS to ${header}=TOKEN, and say --replace-headers.`,
    )
  }
  if (headers !== undefined || header === undefined) return { headers, replaces: replacesHeaders }
  if (ask === undefined) {
    if (hasStored) return { headers, replaces: false }
    throw refusal(
      `The backend ${backend} wants the header ${header}: set OTEL_EXPORTER_OTLP_HEADERS to ${header}=TOKEN.`,
    )
  }
  if (hasStored && !isOther && (await ask.keepHeaders())) return { headers, replaces: false }
  return { headers: headersOf(header, await ask.token(header)), replaces: true }
}
