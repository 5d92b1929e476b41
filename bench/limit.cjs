/**
 * The limit: the smallest Node program that makes the same calls for the same event. It reads the body, signs each request
 * to DynamoDB by hand, posts OTLP as JSON, and checks nothing. For comparison only.
 */
const { createHash, createHmac } = require('node:crypto')
const { Agent, request } = require('node:https')

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = process.env
// DynamoDB and a backend are two hosts: a connection to one is none to the other, as it would be between two stubs at one address.
const agents = { dynamo: new Agent({ keepAlive: true }), backend: new Agent({ keepAlive: true }) }
const sha256 = (text) => createHash('sha256').update(text).digest('hex')
const hmac = (key, text) => createHmac('sha256', key).update(text).digest()

const post = (agent, url, body, headers) =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

/** AWS Signature Version 4. */
const dynamo = (operation, input) => {
  const body = JSON.stringify(input)
  const stamp = `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`
  const scope = `${stamp.slice(0, 8)}/us-east-1/dynamodb/aws4_request`
  const host = new URL(endpoint).host
  const target = `DynamoDB_20120810.${operation}`
  const names = 'host;x-amz-date;x-amz-target'
  const canonical = `POST\n/\n\nhost:${host}\nx-amz-date:${stamp}\nx-amz-target:${target}\n\n${names}\n${sha256(body)}`
  const key = ['us-east-1', 'dynamodb', 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, stamp.slice(0, 8)))
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`).toString('hex')
  return post(agents.dynamo, endpoint, body, {
    'x-amz-target': target,
    'x-amz-date': stamp,
    'content-type': 'application/x-amz-json-1.0',
    authorization: `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  })
}

const spanOf = (issue) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'github' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: sha256(issue.html_url).slice(0, 32),
              spanId: sha256(issue.html_url).slice(0, 16),
              name: 'issue',
              startTimeUnixNano: `${Date.parse(issue.created_at)}000000`,
              endTimeUnixNano: `${Date.parse(issue.closed_at)}000000`,
              attributes: [{ key: 'issue.number', value: { intValue: issue.number } }],
            },
          ],
        },
      ],
    },
  ],
})

const sk = { S: '-' }
const name = (issue) =>
  dynamo('UpdateItem', {
    TableName: 'contexts',
    Key: { pk: { S: `limit-name#${issue.html_url}` }, sk },
    UpdateExpression: 'SET #attribute = :value, expiresAtSeconds = :expiresAtSeconds',
    ExpressionAttributeNames: { '#attribute': issue.html_url },
    ExpressionAttributeValues: { ':value': { S: issue.created_at }, ':expiresAtSeconds': { N: '1' } },
    ReturnValues: 'ALL_NEW',
  })

/** Keeps what was told beside what is there, and gives both. */
const tell = (key, issue) =>
  dynamo('UpdateItem', {
    TableName: 'contexts',
    Key: key,
    UpdateExpression: 'SET title = :title, ended = :ended',
    ExpressionAttributeValues: { ':title': { S: issue.title }, ':ended': { S: issue.closed_at } },
    ReturnValues: 'ALL_NEW',
  })

/** The same calls in the same order: what is read or told, with the name and the context at a start; at an end the span between. */
exports.handler = async ({ body, headers }) => {
  createHmac('sha256', process.env.GITHUB_WEBHOOK_SECRET).update(body).digest('hex') === headers['x-hub-signature-256']
  const { issue } = JSON.parse(body)
  const key = { pk: { S: `limit#${issue.html_url}` }, sk }
  const item = { ...key, title: { S: issue.title }, start: { S: issue.created_at }, version: { N: '1' } }
  const write = () => dynamo('PutItem', { TableName: 'contexts', Item: item })
  const read = () => dynamo('BatchGetItem', { RequestItems: { contexts: { Keys: [key], ConsistentRead: true } } })
  if (issue.closed_at === null) {
    await Promise.all([read(), name(issue), write()])
  } else {
    await Promise.all([read(), tell(key, issue)])
    const url = process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
    await post(agents.backend, url, JSON.stringify(spanOf(issue)), { 'content-type': 'application/json' })
    await write()
  }
  return { statusCode: 202 }
}
