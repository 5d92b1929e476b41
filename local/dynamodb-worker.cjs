/**
 * DynamoDB in a thread of its own: the handlers and the database then use a core each, a crash of the database reaches
 * the stack as an event, and the thread ends with its process, so that no lock is ever left behind. Plain JavaScript, since
 * a thread starts without the loader that reads TypeScript.
 */
const { createRequire } = require('node:module')
const { parentPort, workerData } = require('node:worker_threads')
const dynalite = require('dynalite')
const { Level } = createRequire(require.resolve('dynalite'))('level')

/** dynalite throws away why its files could not be opened, so they are opened once before it does. */
async function probe(path) {
  const level = new Level(path)
  await level.open()
  await level.close()
}

async function serve({ path }) {
  await probe(path)
  const server = dynalite({ path, createTableMs: 0 })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  parentPort.once('message', () => server.close(() => parentPort.postMessage({ kind: 'closed' })))
  parentPort.postMessage({ kind: 'ready', port: server.address().port })
}

serve(workerData).catch((error) => {
  const { code, message } = error.cause ?? error
  parentPort.postMessage({ kind: 'failed', code, message })
})
