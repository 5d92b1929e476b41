import { Agent, request } from 'node:http'

export interface Reply {
  readonly status: number
  readonly text: string
}

export type Post = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<Reply>

/**
 * POST over connections that are kept. Not `fetch`, which costs three times the time of a processor that the functions
 * under test run on as well.
 */
export const keptConnections = (): { readonly post: Post; readonly close: () => void } => {
  const agent = new Agent({ keepAlive: true })
  const post: Post = (url, headers, body) =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': String(Buffer.byteLength(body)) }
      const outgoing = request(url, { method: 'POST', agent, headers: { ...headers, ...length } }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') })
        })
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  return { post, close: () => agent.destroy() }
}
