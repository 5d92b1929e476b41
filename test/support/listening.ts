import { once } from 'node:events'
import type { Server } from 'node:http'

/** Starts a server on a free loopback port and gives its address. */
export const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  return `http://127.0.0.1:${address.port}`
}
