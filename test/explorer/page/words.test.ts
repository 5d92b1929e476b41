import { filterWords, shortName } from '../../../explorer/page/filter/words.ts'
import { filterOf } from '../../../explorer/query.ts'

it.each([
  ['deploy:build.parameter.deploy_type=ami', 'deploy: deploy_type = ami'],
  ['!deploy:build.parameter.deploy_type=ami', 'no deploy: deploy_type = ami'],
  ['!deploy:build.parameter.deploy_type', 'no deploy with deploy_type'],
  ['self:issue.type=bug', 'issue: issue.type = bug'],
  ['!self:issue.type=bug', 'issue: issue.type ≠ bug'],
  ['!self:issue.type', 'issue without issue.type'],
  ['pull_request:*', 'has pull request'],
  ['!pull_request:*', 'no pull request'],
  ['issue:issue.type=bug', 'other issue: issue.type = bug'],
])('%s is said as %s', (text, words) => {
  expect(filterWords(filterOf(text), 'issue')).toBe(words)
})

it('leaves nothing of a name out but what goes without saying', () => {
  expect(['build.parameter.type', 'build.parameter.', 'build.result'].map(shortName)).toEqual([
    'type',
    'build.parameter.',
    'build.result',
  ])
})
