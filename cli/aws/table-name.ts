import { refusal } from '../../local/refusal.ts'

export interface TableOptions {
  readonly table?: string
  readonly stage?: string
}

/** The table that is named, or that of the stage, or that of TABLE_NAME. @throws Refusal */
export const tableNameOf = async ({ table, stage }: TableOptions, env: NodeJS.ProcessEnv): Promise<string> => {
  if (table !== undefined) return table
  // Loaded late: CloudFormation's client, which nothing else needs.
  if (stage !== undefined) return (await import('./stack-table.ts')).tableOfStage(stage)
  if (env.TABLE_NAME) return env.TABLE_NAME
  throw refusal('Name the deployment with --stage, such as prod, or its table with --table.')
}
