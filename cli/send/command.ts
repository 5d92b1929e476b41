import { setTimeout as sleep } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import { RESULTS } from '../../lib/delivery/result.ts'
import { collected, stageName, useRegion } from '../options.ts'
import { patiently } from '../patience.ts'
import { print } from '../print.ts'
import type { Deployment } from './destination.ts'
import { type EventOptions, type EventStatus, eventOf } from './event.ts'
import { postEvent, type Sent } from './post-event.ts'

interface Options extends EventOptions {
  readonly url?: string
  readonly stage?: string
  readonly region?: string
  readonly shell?: true
  readonly json?: true
}

/** Longer than a function takes to answer. */
const TIMEOUT_MILLIS = 30_000

const EXAMPLES = {
  start: `
Examples:
  $ npx valuestream send start --type release --key ios-4.2.0 --parent acme/app#12
  $ eval "$(npx valuestream send start --type approval --key shop-34 --stage prod --shell)"`,
  end: `
Examples:
  $ npx valuestream send end --type release --key ios-4.2.0 --attribute platform=ios
  $ npx valuestream send end --type deploy --key 4711 --started 2026-03-01T11:52:00Z --repository acme/shop \\
      --environment production --commit "$(git rev-parse HEAD)" --result failure --stage prod`,
} as const

const NOTE = `
It prints the span's traceparent. It is signed with EVENTS_WEBHOOK_SECRET, or the secret of the stage, or that of the
local stack. What each field means: docs/events.md.`

/** `npx valuestream send start|end`: an event of one's own, from any script. */
export const addSend = (program: Command): void => {
  const send = program
    .command('send')
    .description('tell that something of your own has begun, or has ended')
    .addHelpText('after', `${EXAMPLES.start}${EXAMPLES.end.replace('\nExamples:', '')}`)
  addEvent(send, 'start', 'tell that it has begun')
  addEvent(send, 'end', 'tell that it has ended; a start need not have been sent')
    .option('--started <time>', 'when it began, where no start was sent')
    .addOption(new Option('--result <word>', 'what came of it; success otherwise').choices(Object.keys(RESULTS)))
    .option('--error <text>', 'what went wrong')
}

const STATUS = { start: 'started', end: 'finished' } as const satisfies Record<string, EventStatus>

const addEvent = (send: Command, name: keyof typeof STATUS, description: string): Command =>
  send
    .command(name)
    .description(description)
    .requiredOption(
      '--type <name>',
      'what it is: release, approval, incident, or build and deploy of another CI system',
    )
    .requiredOption('--key <id>', 'what it is called by, the same at its start and at its end')
    .option('--source <name>', 'namespace of the keys; custom otherwise')
    .option('--title <text>', 'what people call it')
    .option('--page <address>', 'its page')
    .option('--parent <name>', 'what it hangs from: acme/shop#12, an address of GitHub or Jenkins, a traceparent')
    .option('--link <name>', 'what has caused it; may stand several times', collected)
    .option('--repository <name>', 'such as acme/shop')
    .option('--commit <sha>', 'the full commit id of a build or a deploy')
    .option('--environment <name>', 'where a deploy goes')
    .option('--production', 'that this environment is production')
    .option('--run <address>', 'the run of Jenkins that a build or a deploy is')
    .option('--change <number>', 'the pull request of a build or a deploy, as CHANGE_ID of Jenkins has it')
    .option('--parameter <name=value>', 'of a build or a deploy; may stand several times', collected)
    .option('--attribute <name=value>', 'anything else; may stand several times', collected)
    .option('--time <time>', 'when it was so, such as 2026-03-01T12:00:00Z; now otherwise')
    .option('--url <address>', 'where to; EVENTS_URL, or the local stack, otherwise')
    .option('--stage <name>', 'to this deployment', stageName)
    .option('--region <name>', 'its region; AWS_REGION otherwise')
    .option('--shell', 'print export TRACEPARENT=…, for eval')
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', `${EXAMPLES[name]}\n${NOTE}`)
    .action(async (options: Options) => {
      const { destinationOf } = await import('./destination.ts')
      useRegion(options.region)
      const event = eventOf(STATUS[name], options, Date.now)
      const destination = await destinationOf(options, process.env, process.cwd(), DEPLOYMENT)
      const sent = await patiently(`Sending to ${destination.url}`, () =>
        postEvent(event, destination, {
          now: Date.now,
          pause: sleep,
          random: Math.random,
          timeoutMillis: TIMEOUT_MILLIS,
        }),
      )
      print(sent, options, () => textOf(sent, options))
    })

const textOf = ({ traceparent }: Sent, { shell }: Options): string =>
  shell === true ? `export TRACEPARENT=${traceparent}` : traceparent

/** AWS's clients are loaded only for a stage. */
const DEPLOYMENT: Deployment = {
  eventsUrl: async (stage) => (await import('../aws/stack.ts')).stackOutput(stage, 'EventsUrl'),
  eventsSecret: async (stage) => {
    const { ssmParameters } = await import('../aws/parameters.ts')
    const found = await ssmParameters().read(stage, ['EVENTS_WEBHOOK_SECRET'], { decrypted: true })
    return found.get('EVENTS_WEBHOOK_SECRET')?.value
  },
}
