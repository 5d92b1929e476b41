import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstOf, readSecrets } from '../../local/secrets.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('secrets are made on the first start, for their owner alone, and found again on the second', () => {
  const home = temporaryFolder()
  let made = 0
  const count = (bytes: number) => {
    made += 1
    return `${made}`.repeat(2 * bytes)
  }
  const first = readSecrets(home, {}, count)
  expect(first).toEqual({
    github: { value: '1'.repeat(64), origin: 'generated' },
    jenkins: { value: '2'.repeat(64), origin: 'generated' },
    events: { value: `whsec_${Buffer.from('3'.repeat(64), 'hex').toString('base64')}`, origin: 'generated' },
  })
  expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(readSecrets(home, {}, count)).toEqual(first)
})

test('secrets are 32 random bytes', () => {
  const { github, jenkins, events } = readSecrets(temporaryFolder(), {})
  expect([github.value, jenkins.value, events.value]).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}$/),
    expect.stringMatching(/^[0-9a-f]{64}$/),
    expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
  ])
  expect(github.value).not.toBe(jenkins.value)
})

test('what the environment gives is used and not kept', () => {
  const home = temporaryFolder()
  const given = readSecrets(home, {
    GITHUB_WEBHOOK_SECRET: 'new, old',
    JENKINS_WEBHOOK_TOKEN: 't',
    EVENTS_WEBHOOK_SECRET: 'whsec_ZQ==',
  })
  expect(given).toEqual({
    github: { value: 'new, old', origin: 'environment' },
    jenkins: { value: 't', origin: 'environment' },
    events: { value: 'whsec_ZQ==', origin: 'environment' },
  })
  expect(firstOf(given.github)).toBe('new')
  expect(() => statSync(join(home, 'secrets.json'))).toThrow('ENOENT')
})

test('a secret for events joins those that an earlier version has made', () => {
  const home = temporaryFolder()
  const path = join(home, 'secrets.json')
  writeFileSync(path, '{"github":"a","jenkins":"b"}')
  const secrets = readSecrets(home, {})
  expect(secrets).toEqual({
    github: { value: 'a', origin: 'generated' },
    jenkins: { value: 'b', origin: 'generated' },
    events: { value: expect.stringMatching(/^whsec_/), origin: 'generated' },
  })
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ github: 'a', jenkins: 'b', events: secrets.events.value })
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test.each(['', '{', '{"github":"a"}', '{"github":"","jenkins":"b"}'])(
  'a damaged file of secrets (%s) is reported and left as it is',
  (text) => {
    const home = temporaryFolder()
    const path = join(home, 'secrets.json')
    writeFileSync(path, text)
    expect(() => readSecrets(home, {})).toThrow(
      `The secrets in ${path} cannot be read: repair the file, or delete it to have new ones made.`,
    )
    expect(readFileSync(path, 'utf8')).toBe(text)
  },
)
