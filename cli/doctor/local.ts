import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { type Environment, exportsElsewhere, readLocalSettings } from '../../local/settings.ts'
import { backendFinding } from './checks/backend.ts'
import { nodeFinding } from './checks/versions.ts'
import { type Post, webhookFindings } from './checks/webhooks.ts'
import type { Check } from './examine.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

export interface LocalDependencies {
  readonly env: Environment
  readonly workingDirectory: string
  readonly post: Post
  readonly now: () => number
  readonly node: { readonly version: string; readonly least: string }
}

const STATUS = z.object({ spans: z.number(), source: z.string(), problem: z.optional(z.string()) })

/** What has to be so for the local stack to work. */
export const localChecks = ({ env, workingDirectory, post, now, node }: LocalDependencies): readonly Check[] => {
  const { port, home } = readLocalSettings(env, workingDirectory)
  const url = `http://localhost:${port}`
  return [
    { subject: 'node', look: async () => [nodeFinding(node.version, node.least)] },
    { subject: 'secrets', look: async () => [secretsFinding(home, env)] },
    { subject: 'stack', isBasis: true, look: async () => [await stackFinding(url)] },
    {
      subject: 'webhooks',
      look: () =>
        webhookFindings({ github: `${url}/github`, jenkins: `${url}/jenkins`, events: `${url}/events` }, post, now),
    },
    { subject: 'backend', look: async () => [await localBackend(env, url, now)] },
  ]
}

const BACKEND = z.object({ exportsTo: z.optional(z.string()) })

/**
 * The stack has the settings of the shell that it was started in, and only those of this shell can be tried here. A span
 * of its own would stand among the user's in the explorer, so that its receiver is only asked whether it answers.
 */
const localBackend = async (env: Environment, url: string, now: () => number): Promise<Finding> => {
  const running = await fetch(`${url}/local/backend`).catch(() => undefined)
  const { data: stack } = z.safeParse(BACKEND, await running?.json().catch(() => undefined))
  const here = exportsElsewhere(env)
  if (stack !== undefined && stack.exportsTo !== here) return otherBackend(stack.exportsTo, here)
  if (here !== undefined) return backendFinding(env, env.OTEL_EXPORTER_OTLP_HEADERS, now)
  const response = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"resourceSpans":[]}',
  }).catch(() => undefined)
  return response?.ok === true
    ? ok('backend', `The stack's own receiver, ${url}/v1/traces, takes spans.`)
    : problem('backend', `The stack's own receiver answers ${response?.status ?? 'nothing'}.`, 'Start the stack anew.')
}

const otherBackend = (stack: string | undefined, here: string | undefined): Finding =>
  stack === undefined
    ? warning(
        'backend',
        `The stack keeps its spans, and this shell names ${here}.`,
        'Start the stack anew in this shell.',
      )
    : warning(
        'backend',
        `The stack sends its spans to ${stack}, which this shell does not name, so that no test span was sent.`,
        'Set here what it was started with, such as OTEL_EXPORTER_OTLP_ENDPOINT, and run it again.',
      )

const stackFinding = async (url: string): Promise<Finding> => {
  const response = await fetch(`${url}/api/status`).catch(() => undefined)
  if (response === undefined) {
    return problem('stack', `Nothing answers at ${url}.`, 'Start it with npx valuestream start, or say its PORT.')
  }
  const { data: status } = z.safeParse(STATUS, await response.json().catch(() => undefined))
  if (status === undefined) return problem('stack', `What answers at ${url} is not ValueStream.`, 'Say its PORT.')
  if (status.problem !== undefined) return problem('stack', status.problem)
  return ok('stack', `The ${status.source} answers at ${url}, and has ${status.spans} spans.`)
}

/** Who may read the file may post what they like. */
const secretsFinding = (home: string, env: Environment): Finding => {
  const file = join(home, 'secrets.json')
  if (!existsSync(file)) {
    const isGiven = [env.GITHUB_WEBHOOK_SECRET, env.JENKINS_WEBHOOK_TOKEN, env.EVENTS_WEBHOOK_SECRET].every(Boolean)
    return isGiven
      ? ok('secrets', 'They come from the environment.')
      : warning(
          'secrets',
          `${file} is not there yet.`,
          'The first npx valuestream start makes it; or say its VALUESTREAM_HOME.',
        )
  }
  const isOpen = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
  return isOpen
    ? warning('secrets', `${file} can be read by others.`, `chmod 600 ${file}`)
    : ok('secrets', `${file} is for you alone.`)
}
