import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import type { Route } from './routes.ts'

/** A function behind an HTTP API, as it is deployed. */
export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>

export type ImportModule = (file: string) => Promise<unknown>

/** A route and the function that answers it. */
export interface ServedRoute extends Route {
  readonly invoke: Handler
}

export const importByUrl: ImportModule = (file) => import(pathToFileURL(file).href)

/** Loads the function of each route; `importModule` is how a file becomes a module. */
export const loadHandlers = (
  root: string,
  routes: readonly Route[],
  importModule: ImportModule,
): Promise<ServedRoute[]> =>
  Promise.all(
    routes.map(async (route) => {
      const dot = route.handler.lastIndexOf('.')
      const module = await importModule(join(root, `${route.handler.slice(0, dot)}.ts`))
      return { ...route, invoke: exported(module, route.handler.slice(dot + 1), route) }
    }),
  )

const exported = (module: unknown, name: string, { functionName, handler }: Route): Handler => {
  const entry = isRecord(module) ? module[name] : undefined
  if (!isHandler(entry)) throw new Error(`The function ${functionName} has no handler ${handler}`)
  return entry
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What a function takes and returns cannot be seen at run time. */
const isHandler = (value: unknown): value is Handler => typeof value === 'function'

/** What Lambda tells a function about its invocation; the time limit is the HTTP API's. */
export const contextOf = (functionName: string, requestId: string): Context => ({
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: false,
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: 'local',
  memoryLimitInMB: '1024',
  getRemainingTimeInMillis: () => 30_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
})
