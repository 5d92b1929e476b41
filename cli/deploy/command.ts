import { randomBytes } from 'node:crypto'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { refusal, wrongUse } from '../../local/refusal.ts'
import { collected, stageName } from '../options.ts'
import { print } from '../print.ts'
import { PACKAGE_FOLDER } from '../version.ts'
import { BACKENDS } from './backend.ts'

interface Options {
  readonly stage?: string
  readonly region?: string
  readonly backend?: string
  readonly endpoint?: string
  readonly param?: readonly string[]
  readonly replaceHeaders?: true
  readonly yes?: true
  readonly dryRun?: true
  readonly json?: true
}

const EXAMPLES = `
Examples:
  $ npx valuestream deploy
  $ npx valuestream deploy --stage prod --region eu-west-1 --backend honeycomb --dry-run
  $ OTEL_EXPORTER_OTLP_HEADERS=x-honeycomb-team=TOKEN npx valuestream deploy --stage prod --region eu-west-1 \\
      --backend honeycomb --yes
  $ npx valuestream deploy --stage prod --region eu-west-1 --backend generic \\
      --endpoint https://collector.example.com/v1/traces --param alarm-topic-arn=arn:aws:sns:eu-west-1:123456789012:oncall --yes

On a terminal it asks for what is not said. Secrets are made where there are none, stored encrypted in SSM Parameter Store
below /valuestream/<stage>/, and never printed. What a deployment is told with --backend, --endpoint and --param is kept by
the next one; what serverless.yml says of a stage goes before that. It needs what docs/deploy.md says.`

/** `npx valuestream deploy`: from nothing to the webhooks' addresses. */
export const addDeploy = (program: Command): Command =>
  program
    .command('deploy')
    .description('deploy to AWS, or update what is deployed')
    .option('--stage <name>', 'which deployment, such as prod', stageName)
    .option('--region <name>', 'where; AWS_REGION otherwise')
    .addOption(new Option('--backend <name>', 'where spans go').choices(BACKENDS))
    .option('--endpoint <url>', "the complete URL that takes traces, where it is not the backend's usual one", url)
    .option('--param <name=value>', 'any other setting of docs/deploy.md; may stand several times', collected)
    .option('--replace-headers', "replace the backend's stored headers by OTEL_EXPORTER_OTLP_HEADERS")
    .option('--yes', 'do it without asking')
    .option('--dry-run', 'tell what would be done, and do nothing')
    .option('--json', 'print the outcome as JSON, and all else on standard error')
    .addHelpText('after', EXAMPLES)
    .action(run)

const run = async (options: Options): Promise<void> => {
  const [{ deploy }, { awsIn }, { runServerless }, { writtenParams }, { deployedText }] = await Promise.all([
    import('./deploy.ts'),
    import('../aws/aws.ts'),
    import('./serverless.ts'),
    import('./settings.ts'),
    import('./text.ts'),
  ])
  const ask = await askerOf(options)
  const stage = options.stage ?? (await ask?.stage())
  if (stage === undefined) throw refusal('Name the stage with --stage, such as prod.')
  const region = options.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || (await ask?.region()))
  if (region === undefined) throw refusal('Name the region with --region or AWS_REGION, such as eu-west-1.')
  const headers = process.env.OTEL_EXPORTER_OTLP_HEADERS
  const deployed = await deploy(
    {
      ...{ stage, region, params: paramsOf(options) },
      ...(headers ? { headers } : {}),
      replacesHeaders: options.replaceHeaders === true,
      isAgreed: options.yes === true,
      isDry: options.dryRun === true,
    },
    {
      ...{ ask, randomBytes, aws: awsIn(region), tell: console.error },
      serverless: runServerless(PACKAGE_FOLDER, { quiet: options.json === true }),
      written: writtenParams(PACKAGE_FOLDER, stage),
    },
  )
  print(deployed, options, () => deployedText(deployed))
}

/** Whoever says --yes wants no question. */
const askerOf = async ({ yes }: Options) =>
  yes !== true && process.stdin.isTTY && process.stderr.isTTY ? (await import('./ask.ts')).terminalAsker() : undefined

const paramsOf = ({ backend, endpoint, param = [] }: Options): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(param.map(pairOf)),
  ...(backend === undefined ? {} : { backend }),
  ...(endpoint === undefined ? {} : { 'otlp-traces-endpoint': endpoint }),
})

const pairOf = (text: string): readonly [string, string] => {
  const at = text.indexOf('=')
  if (at < 1) throw wrongUse(`--param takes <name>=<value>, such as jenkins-topic=on, and not "${text}".`)
  return [text.slice(0, at), text.slice(at + 1)]
}

const url = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new InvalidArgumentError('It is no http or https address.')
  return text
}
