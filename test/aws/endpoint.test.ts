import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { endpointOf } from '../../lib/aws/endpoint.ts'

const DYNAMODB = { host: 'dynamodb', variable: 'DYNAMODB' }

/** What the SDK takes for the endpoint, from rules that AWS publishes with it. */
const bySdk = (region: string, useFipsEndpoint: boolean): string => {
  const { config } = new DynamoDBClient({ region, useFipsEndpoint })
  return config.endpointProvider({ Region: region, UseFIPS: useFipsEndpoint }).url.href
}

describe('the endpoint of a service', () => {
  it.each([
    'us-east-1',
    'eu-central-1',
    'ap-southeast-5',
    'cn-north-1',
    'us-gov-west-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'us-isof-south-1',
    'eu-isoe-west-1',
    'eusc-de-east-1',
  ])("is the SDK's own in %s", (region) => {
    expect(endpointOf({ AWS_REGION: region }, DYNAMODB).href).toBe(bySdk(region, false))
  })

  it.each(['us-east-1', 'ca-central-1'])('is the one for FIPS where that is asked for, in %s', (region) => {
    const env = { AWS_REGION: region, AWS_USE_FIPS_ENDPOINT: 'true' }
    expect(endpointOf(env, DYNAMODB).href).toBe(bySdk(region, true))
  })

  it('is where the environment says, unless that is to be ignored', () => {
    const env = { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: 'http://localhost:1' }
    const own = { ...env, AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:2' }
    const ignored = { ...own, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }
    expect([env, own, ignored].map((each) => endpointOf(each, DYNAMODB).href)).toEqual([
      'http://localhost:1/',
      'http://localhost:2/',
      'https://dynamodb.us-east-1.amazonaws.com/',
    ])
  })
})
