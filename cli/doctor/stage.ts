import { join } from 'node:path'
import type { SecretSetting } from '../../lib/settings/settings.ts'
import { readTableDefinition } from '../../local/table-definition.ts'
import type { Aws } from '../aws/aws.ts'
import { SECRET_SETTINGS, type StoredParameter } from '../aws/parameters.ts'
import type { DeployedStack } from '../aws/stack.ts'
import { keysOf, type TableState } from '../aws/table-state.ts'
import { backendFinding } from './checks/backend.ts'
import { parameterFindings } from './checks/parameters.ts'
import { stackFinding } from './checks/stack.ts'
import { tableFindings, type WantedTable } from './checks/table.ts'
import { nodeFinding, versionFinding } from './checks/versions.ts'
import { type Post, webhookFindings } from './checks/webhooks.ts'
import type { Check } from './examine.ts'
import { ok, problem } from './finding.ts'

export interface StageDependencies {
  readonly aws: Aws
  readonly table: (tableName: string) => Promise<TableState>
  readonly wanted: WantedTable
  readonly post: Post
  readonly now: () => number
  readonly node: { readonly version: string; readonly least: string }
  readonly version: string
}

/** As `infra/table.yml` defines it. */
export const wantedTable = (folder: string): WantedTable => ({
  keys: keysOf(readTableDefinition(join(folder, 'infra', 'table.yml'))),
  timeToLive: 'expiresAtSeconds',
})

/** What has to be so for a deployment to work, in the order in which one thing needs another. */
export const stageChecks = (stage: string, dependencies: StageDependencies): readonly Check[] => {
  const { aws, table, wanted, post, now, node, version } = dependencies
  let stack: DeployedStack | undefined
  let parameters: ReadonlyMap<SecretSetting, StoredParameter> = new Map()
  const output = (name: string): string => stack?.outputs[name] ?? ''
  return [
    { subject: 'node', look: async () => [nodeFinding(node.version, node.least)] },
    {
      subject: 'credentials',
      isBasis: true,
      look: async () => {
        const { account, arn } = await aws.identity()
        return [ok('credentials', `They are those of ${arn}, account ${account}.`)]
      },
    },
    {
      subject: 'stack',
      isBasis: true,
      look: async () => {
        stack = await aws.stack(stage)
        return [stackFinding(stage, stack)]
      },
    },
    { subject: 'version', look: async () => [versionFinding(stack?.outputs.Version, version, stage)] },
    {
      subject: 'table',
      look: async () => {
        const name = output('TableName')
        if (name === '') return [problem('table', 'The stack has no output TableName.', 'Deploy it anew.')]
        return tableFindings(await table(name), wanted, name)
      },
    },
    {
      subject: 'parameters',
      look: async () => {
        parameters = await aws.parameters.read(stage, SECRET_SETTINGS, { decrypted: true })
        return parameterFindings(parameters, stage)
      },
    },
    {
      subject: 'webhooks',
      look: async () => {
        const addresses = {
          ...{ github: output('GithubWebhookUrl'), jenkins: output('JenkinsWebhookUrl') },
          events: output('EventsUrl'),
        }
        return Object.values(addresses).includes('')
          ? [problem('webhooks', 'The stack does not tell the addresses of its webhooks.', 'Deploy it anew.')]
          : webhookFindings(addresses, post, now)
      },
    },
    {
      subject: 'backend',
      look: async () => {
        const environment = await aws.environment(stage, 'github')
        return [await backendFinding(environment, parameters.get('OTEL_EXPORTER_OTLP_HEADERS')?.value, now)]
      },
    },
  ]
}
