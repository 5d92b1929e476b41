import { type Command, Option } from 'commander'
import { hostName, organisationName, repositoryName, requireOwner } from '../options.ts'
import type { WebhooksOptions } from './perform.ts'

const EXAMPLES = `
Examples:
  $ GITHUB_TOKEN=… npx valuestream webhooks add --org acme --stage prod
  $ GITHUB_TOKEN=… GITHUB_WEBHOOK_SECRET=… npx valuestream webhooks add --repo acme/shop --url https://…/github
  $ GITHUB_TOKEN=… npx valuestream webhooks list --repo acme/shop
  $ GITHUB_TOKEN=… npx valuestream webhooks test --org acme --stage prod
  $ GITHUB_TOKEN=… npx valuestream webhooks remove --org acme --stage prod

GITHUB_TOKEN needs the permission Webhooks, read and write: of the repository, or of the organisation as an owner of it.
The secret is GITHUB_WEBHOOK_SECRET, or the stage's parameter.`

/** `npx valuestream webhooks`: GitHub's webhook, made and looked after. */
export const addWebhooks = (program: Command): Command => {
  const command = program.command('webhooks').description("register GitHub's webhook, and see whether it works")
  command.addHelpText('after', EXAMPLES)
  one(command, 'add', 'make the webhook, or put it right where it is not as it has to be; say what to set in Jenkins')
    .option('--force', 'set it anew, its secret too, even where nothing is seen to be wrong')
    .option('--show-secrets', "show Jenkins's token")
  one(command, 'list', 'list the webhooks, and what is wrong with them')
  one(command, 'test', 'have GitHub send a ping, and tell what came back')
  one(command, 'remove', 'remove the webhook')
  return command
}

const one = (command: Command, name: 'add' | 'list' | 'test' | 'remove', description: string): Command =>
  command
    .command(name)
    .description(description)
    .addOption(new Option('--repo <owner/name>', 'of this repository').argParser(repositoryName).conflicts('org'))
    .option('--org <name>', 'of this organisation, for all its repositories', organisationName)
    .addOption(new Option('--stage <name>', 'to this deployment').conflicts('url'))
    .option('--url <address>', 'to this address, which ends in /github')
    .option('--region <name>', 'the region of the stage; AWS_REGION otherwise')
    .option('--host <name>', "GitHub's host, where it is an Enterprise Server", hostName, 'github.com')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: WebhooksOptions, itself: Command) => {
      requireOwner(options, itself)
      await (await import('./perform.ts'))[name](options)
    })
