import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod/mini'

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))

/**
 * The properties that the embedded database knows. Time to live, backups, encryption and protection of the table on AWS
 * fall away here.
 */
const Properties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema,
  GlobalSecondaryIndexes: z.optional(
    z.array(
      z.object({
        IndexName: z.string(),
        KeySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.optional(z.array(z.string())),
        }),
      }),
    ),
  ),
})
export type TableDefinition = z.infer<typeof Properties>

const Template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown() })) })

/** The one table of a CloudFormation template: what is deployed is also what runs here. */
export const readTableDefinition = (templateFile: string): TableDefinition => {
  // CloudFormation's own tags (!Ref, !Sub) are none of the table's shape.
  const template = z.parse(Template, parse(readFileSync(templateFile, 'utf8'), { logLevel: 'silent' }))
  const tables = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::DynamoDB::Table')
  const [table] = tables
  if (!table || tables.length > 1) throw new Error(`${templateFile} must define one table, and it has ${tables.length}`)
  return z.parse(Properties, table.Properties)
}
