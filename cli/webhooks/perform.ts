import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT } from '../exit.ts'
import { openGithub } from '../github/client.ts'
import { addedText, addHook, hookAt } from './add.ts'
import { faultsOf, isAt } from './hook.ts'
import { hooksOf, type Owner, ownerOf } from './hooks.ts'
import { jenkinsSetup } from './jenkins.ts'
import { type PlaceOptions, placeOf, secretOf } from './place.ts'
import { pingHook } from './test.ts'

export interface WebhooksOptions extends PlaceOptions {
  readonly repo?: string
  readonly org?: string
  readonly host: string
  readonly region?: string
  readonly json?: true
  readonly force?: true
  readonly showSecrets?: true
}

/** @throws Refusal */
export const add = async (options: WebhooksOptions): Promise<void> => {
  const { hooks, owner } = opened(options)
  const { githubUrl, jenkinsUrl } = await placeOf(options)
  const secret = await secretOf('GITHUB_WEBHOOK_SECRET', options.stage, process.env)
  const added = await addHook(hooks, githubUrl, secret, options.force === true)
  const token =
    options.showSecrets === true ? await secretOf('JENKINS_WEBHOOK_TOKEN', options.stage, process.env) : undefined
  print(options, { ...added, url: githubUrl, jenkinsUrl }, [
    addedText(added, githubUrl, owner.name),
    '',
    jenkinsSetup(jenkinsUrl, token),
  ])
}

/** @throws Refusal */
export const list = async (options: WebhooksOptions): Promise<void> => {
  const { hooks, owner } = opened(options)
  const url = options.url === undefined && options.stage === undefined ? undefined : (await placeOf(options)).githubUrl
  const all = (await hooks.list()).map((hook) => ({
    id: hook.id,
    url: hook.config.url ?? '',
    isValueStream: url === undefined ? /\/github\/?$/.test(hook.config.url ?? '') : isAt(hook, url),
    faults: faultsOf(hook),
  }))
  print(options, { owner: owner.name, hooks: all }, [
    `${owner.name} has ${all.length} webhooks.`,
    ...all.map(
      ({ id, url, isValueStream, faults }) => `  ${id}  ${url}  ${isValueStream ? told(faults) : 'another one'}`,
    ),
  ])
}

const told = (faults: readonly string[]): string => (faults.length === 0 ? 'as it has to be' : faults.join('; '))

const PAUSE_MILLIS = 1_000

/** Exit code 1 where the ping did not come through. @throws Refusal */
export const test = async (options: WebhooksOptions): Promise<void> => {
  const { hooks, owner } = opened(options)
  const { githubUrl } = await placeOf(options)
  const { id } = await hookAt(hooks, githubUrl, owner.name)
  const pinged = await pingHook(hooks, id, () => sleep(PAUSE_MILLIS))
  print(options, { id, ...pinged }, [pinged.sentence])
  if (!pinged.isGood) process.exitCode = EXIT.failed
}

/** @throws Refusal */
export const remove = async (options: WebhooksOptions): Promise<void> => {
  const { hooks, owner } = opened(options)
  const { githubUrl } = await placeOf(options)
  const found = (await hooks.list()).filter((hook) => isAt(hook, githubUrl))
  for (const { id } of found) await hooks.remove(id)
  print(options, { removed: found.map(({ id }) => id) }, [
    found.length === 0
      ? `${owner.name} has no webhook to ${githubUrl}.`
      : `Removed the webhook ${found.map(({ id }) => id).join(', ')} of ${owner.name}.`,
  ])
}

const opened = (options: WebhooksOptions): { readonly hooks: ReturnType<typeof hooksOf>; readonly owner: Owner } => {
  if (options.region !== undefined) process.env.AWS_REGION = options.region
  const owner = ownerOf(options)
  const github = openGithub({
    host: options.host,
    env: process.env,
    now: Date.now,
    tokenThat: 'has the permission Webhooks, read and write',
    say: console.error,
  })
  return { hooks: hooksOf(github, owner), owner }
}

const print = ({ json }: WebhooksOptions, answer: object, lines: readonly string[]): void =>
  console.log(json === true ? JSON.stringify(answer, undefined, 2) : lines.join('\n'))
