import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import * as z from 'zod/mini'
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/table.ts'
import { listening } from '../support/listening.ts'
import { openOtlpBackend } from '../support/otlp-backend.ts'
import { openTestTable } from '../support/test-table.ts'

/** Of each call what it is about: the names of parameters, or of tables. */
const SERVICES = {
  AmazonSSM: {
    prefix: 'ssm',
    about: z.pipe(
      z.object({ Names: z.array(z.string()) }),
      z.transform(({ Names }) => Names),
    ),
  },
  DynamoDB_20120810: {
    prefix: 'dynamodb',
    about: z.pipe(
      z.object({ TableName: z.optional(z.string()), RequestItems: z.optional(z.record(z.string(), z.unknown())) }),
      z.transform(({ TableName, RequestItems = {} }) => [
        ...(TableName ? [TableName] : []),
        ...Object.keys(RequestItems),
      ]),
    ),
  },
}

/** An AWS account with the table and these parameters, and a backend, all on loopback, that remember what was asked. */
export const openAccount = async (parameters: Readonly<Record<string, string>>) => {
  const [table, backend] = await Promise.all([openTestTable(), openOtlpBackend()])
  const calls = new Map<string, Set<string>>()

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await incoming.toArray())
    const [service = '', operation = ''] = String(incoming.headers['x-amz-target']).split('.')
    const { prefix, about } = SERVICES[service as keyof typeof SERVICES]
    const asked = z.parse(about, JSON.parse(body.toString('utf8')))
    const action = `${prefix}:${operation}`
    calls.set(action, new Set([...(calls.get(action) ?? []), ...asked]))
    if (prefix === 'dynamodb') return passOn(table.endpoint, body, incoming, outgoing)
    const Parameters = asked.flatMap((Name) => (parameters[Name] ? { Name, Value: parameters[Name] } : []))
    outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ Parameters }))
  }
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => outgoing.writeHead(500).end(String(error)))
  })
  const url = await listening(server)

  return {
    /** What Lambda sets beside the function's own environment, and where the services are to be found here. */
    environment: {
      AWS_REGION: LOCAL_REGION,
      AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL: url,
      TABLE_NAME: table.tableName,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${backend.url}/traces`,
    },
    calls: () => Object.fromEntries([...calls].map(([action, asked]) => [action, [...asked]])),
    exported: () =>
      backend.spans.map(({ name }, index) => ({
        span: name,
        path: backend.requests[index]?.url,
        token: backend.requests[index]?.headers['lightstep-access-token'],
      })),
    close: async () => {
      server.closeAllConnections()
      await Promise.all([table.close(), backend.close(), new Promise((resolve) => server.close(resolve))])
    },
  }
}

const passOn = (url: string, body: Buffer, { headers }: IncomingMessage, outgoing: ServerResponse): void => {
  request(url, { method: 'POST', headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(outgoing)
  }).end(body)
}
