import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTableDefinition } from '../../local/table-definition.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('the table that is deployed is read without what the embedded database does not know', () => {
  expect(readTableDefinition(join(__dirname, '..', '..', 'infra', 'table.yml'))).toEqual({
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'dueShard', AttributeType: 'S' },
      { AttributeName: 'dueMillis', AttributeType: 'N' },
      { AttributeName: 'changedShard', AttributeType: 'S' },
      { AttributeName: 'changedMillis', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'due',
        KeySchema: [
          { AttributeName: 'dueShard', KeyType: 'HASH' },
          { AttributeName: 'dueMillis', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['unsentMillis'] },
      },
      {
        IndexName: 'changes',
        KeySchema: [
          { AttributeName: 'changedShard', KeyType: 'HASH' },
          { AttributeName: 'changedMillis', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['version'] },
      },
    ],
  })
})

test('a template must have one table', () => {
  const file = join(temporaryFolder(), 'table.yml')
  writeFileSync(file, 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: builds\n')
  expect(() => readTableDefinition(file)).toThrow(`${file} must define one table, and it has 0`)
})
