import { Webhook } from 'standardwebhooks'

/** The three headers of Standard Webhooks, as the library of its authors makes them. */
export const signedHeaders = (body: string, secret: string, at = new Date()): Record<string, string> => ({
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': new Webhook(secret).sign('msg_p5jXN8AQM9LWM0D4loKWxJek', at, body),
})

/** A finished release in ValueStream's own format. */
export const release = (more: object = {}) => ({
  type: 'release',
  id: 'ios-4.2.0',
  source: 'mobile',
  status: 'finished',
  time: '2026-03-01T12:00:00Z',
  ...more,
})

interface More {
  readonly context?: object
  readonly subject?: object
  readonly content?: object
  readonly customData?: unknown
}

/** A CDEvent with all that version 0.5 of the specification knows of its context. */
const cdEvent = (type: string, content: object, { context, subject, content: more, customData }: More) => ({
  context: {
    specversion: '0.5.1',
    id: 'c5a1c7b2-2f0e-4f0b-9f0a-0d6a4b7f1e55',
    chainId: '0b8f1d0e-7e0a-4c51-8a0e-1f6a5a3b9c77',
    source: 'https://tekton.acme.com/prod',
    type: `dev.cdevents.${type}`,
    timestamp: '2026-03-01T12:00:00.123456Z',
    schemaUri: 'https://acme.com/schemas/cdevents',
    links: [{ linkType: 'PATH', from: { contextId: '5d1f0c6e-52c1-4f4e-8a55-5f8f0a1f3b11' } }],
    ...context,
  },
  subject: { id: 'shop/run-7', source: '/prod/shop', ...subject, content: { ...content, ...more } },
  ...(customData === undefined ? {} : { customData, customDataContentType: 'application/json' }),
})

export const pipelineRun = (predicate: string, more: More = {}) =>
  cdEvent(
    `pipelinerun.${predicate}.0.3.0`,
    { pipelineName: 'shop-ci', uri: 'https://dashboard.acme.com/shop/run-7' },
    more,
  )

export const change = (predicate: string, more: More = {}) =>
  cdEvent(`change.${predicate}.0.3.0`, { repository: { id: 'Acme/Shop', source: 'https://git.acme.com' } }, more)

export const service = (predicate: string, more: More = {}) =>
  cdEvent(
    `service.${predicate}.0.3.0`,
    { environment: { id: 'production' }, artifactId: 'pkg:oci/shop@sha256%3A0b31' },
    more,
  )

export const incident = (predicate: string, more: More = {}) =>
  cdEvent(
    `incident.${predicate}.0.3.0`,
    {
      description: 'The checkout answers 500',
      environment: { id: 'production', source: '/eu-west-1' },
      service: { id: 'checkout', source: '/shop' },
      artifactId: 'pkg:oci/shop@sha256%3A0b31',
    },
    more,
  )

/** A CloudEvent in structured mode with a CDEvent in it. */
export const cloudEvent = (data: ReturnType<typeof cdEvent>, more: object = {}) => ({
  specversion: '1.0',
  id: data.context.id,
  source: data.context.source,
  type: data.context.type,
  time: data.context.timestamp,
  datacontenttype: 'application/json',
  data,
  ...more,
})
