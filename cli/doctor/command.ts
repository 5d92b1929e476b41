import type { Command } from 'commander'
import { EXIT } from '../exit.ts'
import { stageName, useRegion } from '../options.ts'
import { leastNode, PACKAGE_FOLDER, packageVersion } from '../version.ts'

interface Options {
  readonly stage: string
  readonly region?: string
  readonly json?: true
}

const EXAMPLES = `
Examples:
  $ npx valuestream doctor                                      the local stack
  $ npx valuestream doctor --stage prod --region eu-west-1
  $ npx valuestream doctor --stage prod --json | jq '.[] | select(.state != "ok")'

It posts what nobody has signed to each address, which counts as three refused signatures, and sends the backend a test span
named valuestream_doctor. It reads secrets to see whether their form is right, and shows none. The exit code is 1 where there
is a problem.`

const LOCAL = 'local'

/** `npx valuestream doctor`: whether all that is needed is there and works, and what to do where not. */
export const addDoctor = (program: Command): Command =>
  program
    .command('doctor')
    .description('look at everything that has to work, and tell what to do where it does not')
    .option('--stage <name>', 'which deployment; local is the stack of this machine', stageName, LOCAL)
    .option('--region <name>', 'its region; AWS_REGION otherwise')
    .option('--json', 'print the findings as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Options) => {
      const [{ examine }, { findingLine, summaryLine }] = await Promise.all([
        import('./examine.ts'),
        import('./text.ts'),
      ])
      useRegion(options.region)
      const checks = options.stage === LOCAL ? await localOnes() : await stageOnes(options.stage)
      const tell = options.json === true ? () => {} : console.log
      const findings = await examine(checks, (finding) => tell(findingLine(finding)))
      if (options.json === true) console.log(JSON.stringify(findings, undefined, 2))
      else console.log(`\n${summaryLine(findings)}`)
      if (findings.some(({ state }) => state === 'problem')) process.exitCode = EXIT.failed
    })

const node = () => ({ version: process.versions.node, least: leastNode() })

const localOnes = async () => {
  const [{ localChecks }, { postUnsigned }] = await Promise.all([import('./local.ts'), import('./checks/webhooks.ts')])
  return localChecks({
    env: process.env,
    workingDirectory: process.cwd(),
    post: postUnsigned,
    now: Date.now,
    node: node(),
  })
}

const stageOnes = async (stage: string) => {
  const [{ stageChecks, wantedTable }, { awsIn }, { readTableState }, { postUnsigned }] = await Promise.all([
    import('./stage.ts'),
    import('../aws/aws.ts'),
    import('../aws/table-state.ts'),
    import('./checks/webhooks.ts'),
  ])
  return stageChecks(stage, {
    aws: awsIn(undefined),
    table: readTableState,
    wanted: wantedTable(PACKAGE_FOLDER),
    post: postUnsigned,
    now: Date.now,
    node: node(),
    version: packageVersion(),
  })
}
