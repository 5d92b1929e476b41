import { type Command, Option } from 'commander'
import { hostName, organisationName, repositoryName, requireOwner, stackAddress } from '../options.ts'
import type { GithubImportOptions } from './github/command.ts'
import type { JenkinsImportOptions } from './jenkins/command.ts'
import { sinceTime } from './since.ts'

const GITHUB_EXAMPLES = `
Examples:
  $ GITHUB_TOKEN=… npx valuestream import github --repo acme/shop --since 2026-01-01
  $ GITHUB_TOKEN=… npx valuestream import github --org acme --since 2026-01-01 --stage prod
  $ GITHUB_TOKEN=… npx valuestream import github --repo acme/shop --since 2026-01-01 --dry-run

Ids are those that webhooks give, so that nothing doubles where both tell of the same. Ctrl-C, and the same command
again, goes on where it was. Without --stage, --table or --to it goes into the local stack, running or not.`

const JENKINS_EXAMPLES = `
Examples:
  $ npx valuestream import jenkins --url https://ci.acme.com --job shop/main --since 2026-01-01
  $ JENKINS_USER=ada JENKINS_TOKEN=… npx valuestream import jenkins --url https://ci.acme.com --stage prod

A folder or a multibranch job stands for all below it. Ctrl-C, and the same command again, goes on where it was.`

const targetOptions = (command: Command): Command =>
  command
    .addOption(new Option('--stage <name>', 'into this deployment').conflicts(['table', 'to']))
    .addOption(new Option('--table <name>', 'into this table').conflicts('to'))
    .option('--to <address>', 'post it as webhooks to this ValueStream, such as http://localhost:3000', stackAddress)
    .option('--region <name>', 'the region of the stage or table; AWS_REGION otherwise')
    .option('--emit', 'send the spans to the backend as well, by the outbox')
    .option('--state <file>', 'where it is kept how far the import is; in VALUESTREAM_HOME otherwise')
    .option('--dry-run', 'tell what would be read, and end')
    .option('--json', 'print the figures at the end as JSON')

/** `npx valuestream import`: history, as if its webhooks had been received. */
export const addImport = (program: Command): Command => {
  const command = program.command('import').description('read the history that lies before the first webhook')
  const github = command
    .command('github')
    .description("issues, pull requests, pushes, workflow runs and deployments, by GitHub's API")
    .addOption(
      new Option('--repo <owner/name>', 'the history of this repository').argParser(repositoryName).conflicts('org'),
    )
    .option('--org <name>', 'the history of all repositories of this organisation', organisationName)
    .requiredOption('--since <day>', 'what was changed from then on, such as 2026-01-01', sinceTime)
    .option('--host <name>', "GitHub's host, where it is an Enterprise Server", hostName, 'github.com')
    .addOption(
      new Option('--only <part...>', 'only these parts').choices(['work', 'pushes', 'runs', 'deployments', 'statuses']),
    )
  targetOptions(github)
    .addHelpText('after', GITHUB_EXAMPLES)
    .action(async (options: GithubImportOptions, command: Command) => {
      requireOwner(options, command)
      await (await import('./github/command.ts')).importGithub(options)
    })
  const jenkins = command
    .command('jenkins')
    .description("runs with their parameters, commits and causes, by Jenkins's API")
    .requiredOption('--url <address>', 'of the controller, such as https://ci.acme.com')
    .option('--job <name>', 'a job, or a folder with all below it, such as shop/main; all jobs otherwise')
    .option('--since <day>', 'what was started from then on, such as 2026-01-01', sinceTime, '1970-01-01T00:00:00Z')
    .option('--host <name>', 'the GitHub that its repositories are on', hostName, 'github.com')
  targetOptions(jenkins)
    .addHelpText('after', JENKINS_EXAMPLES)
    .action(async (options: JenkinsImportOptions) => (await import('./jenkins/command.ts')).importJenkins(options))
  return command
}
