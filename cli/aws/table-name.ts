import { refusal } from '../../local/refusal.ts'
import { tableOfStage } from '../explore/stack-table.ts'

export interface TableOptions {
  readonly table?: string
  readonly stage?: string
}

/** The table that is named, or that of the stage, or that of TABLE_NAME. @throws Refusal */
export const tableNameOf = async ({ table, stage }: TableOptions, env: NodeJS.ProcessEnv): Promise<string> => {
  if (table !== undefined) return table
  if (stage !== undefined) return tableOfStage(stage)
  if (env.TABLE_NAME) return env.TABLE_NAME
  throw refusal('Name the deployment with --stage, such as prod, or its table with --table.')
}
