import { createServer, type IncomingMessage } from 'node:http'
import { listening } from '../support/listening.ts'

/** What an account holds, as far as the command line looks at it. Tests may change it. */
export interface Account {
  /** Of the one stack, where `outputs` says that there is one. */
  stackName: string
  outputs: Readonly<Record<string, string>> | undefined
  status: string
  /** Of the stack; undefined where it may not be read. */
  template: unknown
  readonly parameters: Map<string, { readonly Type: string; readonly Value: string }>
  readonly environments: Map<string, Readonly<Record<string, string>>>
  readonly answers: Map<string, unknown>
  table: Readonly<Record<string, unknown>>
}

/**
 * AWS over HTTP, as its SDK speaks to it: STS and CloudFormation in XML, SSM, DynamoDB and Lambda in JSON. Shapes are those
 * of AWS's API references.
 */
export const openFakeAws = async (account: Account) => {
  const calls: string[] = []
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then((body) => {
      const { call, status = 200, type, answer } = answered(account, incoming, body)
      calls.push(call)
      if (type !== undefined) outgoing.setHeader('x-amzn-errortype', type)
      outgoing.writeHead(status, { 'content-type': answer.startsWith('<') ? 'text/xml' : 'application/x-amz-json-1.1' })
      outgoing.end(answer)
    })
  })
  const url = await listening(server)
  return {
    /** What has to stand in the environment of who asks. */
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    calls,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const emptyAccount = (): Account => ({
  stackName: 'valuestream-prod',
  outputs: undefined,
  status: 'UPDATE_COMPLETE',
  template: {},
  parameters: new Map(),
  environments: new Map(),
  answers: new Map(),
  table: {},
})

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const chunk of incoming) body += String(chunk)
  return body
}

interface Answered {
  readonly call: string
  readonly status?: number
  /** Of an error. */
  readonly type?: string
  readonly answer: string
}

const answered = (account: Account, { headers, url = '' }: IncomingMessage, body: string): Answered => {
  const target = String(headers['x-amz-target'] ?? '').split('.')[1]
  if (target !== undefined) return { call: target, answer: JSON.stringify(jsonOf(account, target, body)) }
  const [, name, what] = /\/2015-03-31\/functions\/([\w-]+)\/(\w+)/.exec(url) ?? []
  if (name !== undefined) return lambdaOf(account, name, what ?? '')
  const form = new URLSearchParams(body)
  const action = form.get('Action') ?? ''
  return { call: action, ...xmlOf(account, action, form.get('StackName') ?? '') }
}

const lambdaOf = ({ environments, answers }: Account, name: string, what: string): Answered =>
  what === 'configuration'
    ? configurationOf(name, environments.get(name))
    : { call: `run ${name}`, answer: JSON.stringify(answers.get(name)) }

const configurationOf = (name: string, Variables: Readonly<Record<string, string>> | undefined): Answered =>
  Variables === undefined
    ? { call: `no ${name}`, status: 404, type: 'ResourceNotFoundException', answer: '{"Type":"User","Message":"no"}' }
    : { call: `configuration of ${name}`, answer: JSON.stringify({ Environment: { Variables } }) }

const jsonOf = ({ parameters, table }: Account, target: string, body: string): unknown => {
  const input = JSON.parse(body) as { Names?: string[]; Name?: string; Type?: string; Value?: string }
  switch (target) {
    case 'GetParameters':
      return {
        Parameters: (input.Names ?? []).flatMap((Name) => {
          const stored = parameters.get(Name)
          return stored === undefined ? [] : [{ Name, ...stored }]
        }),
      }
    case 'PutParameter':
      parameters.set(input.Name ?? '', { Type: input.Type ?? '', Value: input.Value ?? '' })
      return { Version: 1 }
    case 'DescribeTable':
      return { Table: table }
    case 'DescribeTimeToLive':
      return { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAtSeconds' } }
    default:
      return {
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
        },
      }
  }
}

const xmlOf = (
  { stackName, outputs, status, template }: Account,
  action: string,
  wanted: string,
): Omit<Answered, 'call'> => {
  if (action === 'GetCallerIdentity') {
    return {
      answer:
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>u</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    }
  }
  if (outputs === undefined || wanted !== stackName) {
    return faultOf(400, 'ValidationError', `Stack with id ${wanted} does not exist`)
  }
  if (action === 'GetTemplate') {
    if (template === undefined)
      return faultOf(403, 'AccessDenied', 'not authorized to perform: cloudformation:GetTemplate')
    return {
      answer: `<GetTemplateResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><GetTemplateResult><TemplateBody><![CDATA[${JSON.stringify(template)}]]></TemplateBody></GetTemplateResult></GetTemplateResponse>`,
    }
  }
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  )
  return {
    answer: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>${stackName}</StackName><StackStatus>${status}</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  }
}

const faultOf = (status: number, code: string, message: string): Omit<Answered, 'call'> => ({
  status,
  answer: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
})
