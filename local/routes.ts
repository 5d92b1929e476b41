import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod/mini'

/** One route of the API, as it is deployed. */
export interface Route {
  readonly method: string
  /** With parameters in braces, such as `/jenkins/{token}`. */
  readonly path: string
  /** Name of the function that answers. */
  readonly functionName: string
  /** `functions/github/handler.handler`: a module without its ending, and the name of its export. */
  readonly handler: string
}

const HttpApi = z.union([z.string(), z.object({ method: z.string(), path: z.string() })])
type HttpApi = z.infer<typeof HttpApi>

const Functions = z.record(
  z.string(),
  z.object({ handler: z.string(), events: z.optional(z.array(z.object({ httpApi: z.optional(HttpApi) }))) }),
)

/** The routes of every `<folder>/*\/function.yml`: the files that are deployed are the only place where routes stand. */
export const readRoutes = (functionsFolder: string): readonly Route[] =>
  readdirSync(functionsFolder)
    .sort()
    .map((name) => join(functionsFolder, name, 'function.yml'))
    .filter((file) => existsSync(file))
    .flatMap(routesOf)

const routesOf = (file: string): readonly Route[] =>
  Object.entries(z.parse(Functions, parse(readFileSync(file, 'utf8')))).flatMap(([functionName, { handler, events }]) =>
    (events ?? []).flatMap(({ httpApi }) =>
      httpApi === undefined ? [] : [{ ...methodAndPath(httpApi), functionName, handler }],
    ),
  )

/** Serverless takes `{ method, path }` and `POST /path`. */
const methodAndPath = (httpApi: HttpApi): Pick<Route, 'method' | 'path'> => {
  const [method = '', path = ''] = typeof httpApi === 'string' ? httpApi.split(' ') : [httpApi.method, httpApi.path]
  return { method: method.toUpperCase(), path }
}
