import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadHandlers } from '../../local/handlers.ts'
import { readRoutes } from '../../local/routes.ts'
import { temporaryFolder } from './temporary-folder.ts'

const folderWith = (yaml: string): string => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'one'))
  mkdirSync(join(folder, 'without-routes'))
  writeFileSync(join(folder, 'one', 'function.yml'), yaml)
  writeFileSync(join(folder, 'shared.ts'), '')
  return folder
}

test('the routes that are deployed are the routes that run here', () => {
  const handler = (name: string) => ({ functionName: name, handler: `functions/${name}/handler.handler` })
  expect(readRoutes(join(__dirname, '..', '..', 'functions'))).toEqual([
    { method: 'POST', path: '/events', ...handler('events') },
    { method: 'POST', path: '/github', ...handler('github') },
    { method: 'POST', path: '/jenkins', ...handler('jenkins') },
    { method: 'POST', path: '/jenkins/{token}', ...handler('jenkins') },
  ])
})

test('a route is read in both of the ways that Serverless knows, and other events are passed over', () => {
  const folder = folderWith(`
one:
  handler: a/b.c
  events:
    - httpApi: { method: get, path: /x }
    - schedule: rate(1 minute)
    - httpApi: 'POST /y'
`)
  expect(readRoutes(folder)).toEqual([
    { method: 'GET', path: '/x', functionName: 'one', handler: 'a/b.c' },
    { method: 'POST', path: '/y', functionName: 'one', handler: 'a/b.c' },
  ])
})

test('a handler that a module does not export is named', async () => {
  const route = { method: 'POST', path: '/x', functionName: 'one', handler: 'a/b.c' }
  await expect(loadHandlers('/root', [route], async () => ({ d: () => undefined }))).rejects.toThrow(
    'The function one has no handler a/b.c',
  )
})
