import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-dynamodb'
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { mockClient } from 'aws-sdk-client-mock'
import { pullRequestKey } from '../../lib/delivery/activity.ts'
import { decide } from '../../lib/delivery/decide.ts'
import { fromDocumentClient } from '../../lib/dynamodb/sdk-client.ts'
import { dynamoDbStore } from '../../lib/dynamodb/store.ts'
import { StoreUnavailable } from '../../lib/record/ports.ts'
import { closed, ISSUE_12, opened, SHOP } from '../support/events.ts'

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'us-east-1' }))
const dynamo = mockClient(client)
const store = dynamoDbStore({
  client: fromDocumentClient(client),
  tableName: 'contexts',
  now: () => 1_790_000_000_999,
  ttlSeconds: 60,
})
const NOTHING = { names: new Map(), mainline: [] }
const context = decide(undefined, NOTHING, opened).context

beforeEach(() => {
  dynamo.reset()
})

describe('the DynamoDB store', () => {
  it('reads consistently, and asks again for the keys that were left unprocessed', async () => {
    const rest = { contexts: { Keys: [{ pk: 'name#x', sk: '-' }] } }
    dynamo
      .on(BatchGetCommand)
      .resolvesOnce({ Responses: { contexts: [] }, UnprocessedKeys: rest })
      .resolves({
        Responses: {
          contexts: [
            { pk: 'name#x', expiresAtSeconds: 1, 'by issue:a#1': { traceId: 't', openings: [1] }, 'for run:x': 5 },
          ],
        },
      })
    const { claims } = await store.read(ISSUE_12, ['x'])
    expect(claims).toEqual(new Map([['x', [{ key: 'issue:a#1', traceId: 't', openings: [1] }]]]))
    expect(dynamo.commandCalls(BatchGetCommand).map(({ args }) => args[0].input.RequestItems?.contexts)).toEqual([
      {
        Keys: [
          { pk: `context#${ISSUE_12}`, sk: '-' },
          { pk: 'name#x', sk: '-' },
        ],
        ConsistentRead: true,
      },
      { Keys: [{ pk: 'name#x', sk: '-' }], ConsistentRead: true },
    ])
  })

  it('gives up when keys stay unprocessed', async () => {
    dynamo.on(BatchGetCommand).resolves({ UnprocessedKeys: { contexts: { Keys: [{ pk: 'name#x', sk: '-' }] } } })
    await expect(store.readClaims(['x'])).rejects.toThrow(StoreUnavailable)
  })

  it('writes on condition of the version, with an expiry, and due only what the sweep has to look at', async () => {
    dynamo.on(PutCommand).resolves({})
    await store.write(context)
    await store.write({ ...decide(context, NOTHING, closed).context, version: 4 })
    const [first, second] = dynamo.commandCalls(PutCommand).map(({ args }) => args[0].input)
    expect(first).toMatchObject({
      TableName: 'contexts',
      ConditionExpression: 'attribute_not_exists(pk)',
      Item: { pk: `context#${ISSUE_12}`, version: 1, state: 'open', expiresAtSeconds: 1_790_000_060 },
    })
    expect(first?.Item).not.toHaveProperty('dueShard')
    expect(second).toMatchObject({
      ConditionExpression: '#version = :version',
      ExpressionAttributeValues: { ':version': 4 },
      Item: {
        version: 5,
        state: 'finished',
        dueShard: expect.stringMatching(/^due#\d+$/),
        dueMillis: 1_790_000_060_999,
      },
    })
  })

  it('takes a failed condition for a lost race, and any other failure for a store that is away', async () => {
    dynamo.on(PutCommand).rejectsOnce(new ConditionalCheckFailedException({ message: '', $metadata: {} }))
    expect(await store.write(context)).toBe('lost')
    dynamo.on(PutCommand).rejects(new ProvisionedThroughputExceededException({ message: '', $metadata: {} }))
    await expect(store.write(context)).rejects.toThrow(
      'DynamoDB table contexts: ProvisionedThroughputExceededException',
    )
  })

  it('keeps two hundred claims on a name, and of more lets the oldest go, a quarter at a time', async () => {
    const claims = Object.fromEntries(
      Array.from({ length: 201 }, (_, index) => [
        `by pull_request:a#${index}`,
        { traceId: 't', openings: [1000 - index] },
      ]),
    )
    dynamo.on(UpdateCommand).resolves({ Attributes: { pk: 'name#x', expiresAtSeconds: 1, ...claims } })
    await store.register([{ name: 'x', by: { key: pullRequestKey(SHOP, 1), traceId: 't', openings: [1] }, version: 1 }])
    const gone = Array.from({ length: 51 }, (_, index) => 200 - index)
    expect(dynamo.commandCalls(UpdateCommand)[1]?.args[0].input).toEqual({
      TableName: 'contexts',
      Key: { pk: 'name#x', sk: '-' },
      UpdateExpression: `REMOVE ${gone.map((_, index) => `#r${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(
        gone.map((number, index) => [`#r${index}`, `by pull_request:a#${number}`]),
      ),
    })
  })
})
