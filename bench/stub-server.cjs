/**
 * DynamoDB and an OTLP backend that answer at once, in a process of their own so that their CPU is nobody's. Every item is
 * new and every write succeeds. Counts the calls; `GET /calls` tells and resets them.
 */
const { createServer } = require('node:http')

let calls = {}
const server = createServer((request, response) => {
  if (request.url === '/calls') {
    response.end(JSON.stringify(calls))
    calls = {}
    return
  }
  const target = request.headers['x-amz-target']
  const name = target ? target.split('.')[1] : 'OTLP'
  request.resume()
  request.on('end', () => {
    calls[name] = (calls[name] ?? 0) + 1
    response.setHeader('content-type', target ? 'application/x-amz-json-1.0' : 'application/json')
    response.end(name === 'BatchGetItem' ? '{"Responses":{},"UnprocessedKeys":{}}' : '{}')
  })
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
