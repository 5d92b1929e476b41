/**
 * DynamoDB and an OTLP backend over HTTPS on loopback, in a process of their own so that their CPU is nobody's. Items are kept, so
 * that a finish meets its start. `GET /figures` tells what was asked since the last time, `POST /delay` makes each answer
 * wait, `POST /fill` copies contexts until there are so many.
 */
const { readFileSync } = require('node:fs')
const { createServer } = require('node:https')
const { dirname, join } = require('node:path')
const { operations } = require('./table.cjs')

const ssl = join(dirname(require.resolve('dynalite')), 'ssl')
const table = operations()
let figures = nothing()
let delayMillis = 0

function nothing() {
  return { calls: {}, bytes: 0, readUnits: 0, writeUnits: 0, largestItem: 0, spans: 0, intervals: [] }
}

const server = createServer(
  { key: readFileSync(join(ssl, 'server-key.pem')), cert: readFileSync(join(ssl, 'server-crt.pem')) },
  (request, response) => {
    const beganMillis = performance.now()
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      if (request.method === 'GET') return response.end(request.url === '/figures' ? told() : '')
      if (request.url === '/delay') {
        delayMillis = Number(body.toString())
        return response.end()
      }
      if (request.url === '/fill') {
        table.fill(Number(body.toString()))
        return response.end()
      }
      const target = request.headers['x-amz-target']
      const answer = target === undefined ? exported(body) : asked(target.split('.')[1], body)
      const end = () => {
        if (target !== undefined) figures.intervals.push([beganMillis, performance.now()])
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text)
      }
      if (delayMillis === 0) end()
      else setTimeout(end, delayMillis)
    })
  },
)

function told() {
  const text = JSON.stringify(figures)
  figures = nothing()
  return text
}

function count(name, body) {
  figures.calls[name] = (figures.calls[name] ?? 0) + 1
  figures.bytes += body.length
}

function exported(body) {
  count('OTLP', body)
  return { status: 200, text: '{}' }
}

function asked(operation, body) {
  count(operation, body)
  const { units, result, error } = table[operation](JSON.parse(body))
  figures.readUnits += units.read
  figures.writeUnits += units.write
  figures.largestItem = Math.max(figures.largestItem, units.item ?? 0)
  if (error !== undefined) return { status: 400, text: JSON.stringify({ __type: `x#${error}` }) }
  return { status: 200, text: JSON.stringify(result) }
}

server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
