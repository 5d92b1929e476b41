import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb'
import { orRefuse } from './problem.ts'

/** A table as it is, of what `infra/table.yml` wants. */
export interface TableState {
  readonly status: string
  /** `due: dueShard, dueMillis`, sorted; of the table itself as `table: pk, sk`. */
  readonly keys: readonly string[]
  /** The attribute that says when an item ends; undefined where nothing ends. */
  readonly timeToLive: string | undefined
  readonly hasPointInTimeRecovery: boolean
  readonly isProtected: boolean
  readonly items: number
}

/** Takes dynamodb:DescribeTable, DescribeTimeToLive and DescribeContinuousBackups. @throws Refusal */
export const readTableState = (tableName: string, client = new DynamoDBClient({})): Promise<TableState> =>
  orRefuse(`The table ${tableName} cannot be looked at`, async () => {
    const of = { TableName: tableName }
    const [{ Table: table }, { TimeToLiveDescription: ttl }, { ContinuousBackupsDescription: backups }] =
      await Promise.all([
        client.send(new DescribeTableCommand(of)),
        client.send(new DescribeTimeToLiveCommand(of)),
        client.send(new DescribeContinuousBackupsCommand(of)),
      ])
    return {
      status: table?.TableStatus ?? 'UNKNOWN',
      keys: keysOf(table ?? {}),
      timeToLive: ttl?.TimeToLiveStatus === 'ENABLED' ? ttl.AttributeName : undefined,
      hasPointInTimeRecovery: backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED',
      isProtected: table?.DeletionProtectionEnabled === true,
      items: table?.ItemCount ?? 0,
    }
  })

type Schema = readonly { readonly AttributeName?: string | undefined }[] | undefined
interface Keyed {
  readonly KeySchema?: Schema
  readonly GlobalSecondaryIndexes?:
    | readonly { readonly IndexName?: string | undefined; readonly KeySchema?: Schema }[]
    | undefined
}

/** Of a table as DynamoDB describes it, or as the template defines it. */
export const keysOf = ({ KeySchema, GlobalSecondaryIndexes }: Keyed): readonly string[] => {
  const line = (name: string, schema: Schema) =>
    `${name}: ${(schema ?? []).map(({ AttributeName }) => AttributeName).join(', ')}`
  return [
    line('table', KeySchema),
    ...(GlobalSecondaryIndexes ?? []).map((index) => line(index.IndexName ?? '', index.KeySchema)).sort(),
  ]
}
