import { restStatus, statusesTold } from '../../../cli/history/github/status.ts'
import { keptInTable } from '../../../cli/import/target/exporter.ts'
import { tableReceiver } from '../../../cli/import/target/table.ts'
import { memoryStore } from '../../support/memory-store.ts'

const REPOSITORY = {
  name: 'shop',
  full_name: 'acme/shop',
  html_url: 'https://github.com/acme/shop',
  owner: { login: 'acme' },
}
const status = (state: string, run: number, minute: number) =>
  restStatus.parse({
    context: 'continuous-integration/jenkins/pr-head',
    state,
    description: 'Fine',
    target_url: `https://ci.acme.com/job/acme/job/shop/job/PR-3/${run}/display/redirect`,
    created_at: `2026-01-01T10:0${minute}:00Z`,
  })

describe('the statuses of a commit', () => {
  it('tell of the runs whose pages they name, each of its start and its end', async () => {
    const store = memoryStore()
    const receiver = tableReceiver({
      name: 'memory',
      installation: { githubHost: 'github.com', repositoryOfJob: () => undefined },
      store,
      exporter: keptInTable,
      emits: false,
      pause: () => Promise.resolve(),
      close: () => Promise.resolve(),
    })
    const statuses = [
      status('success', 2, 4),
      status('failure', 1, 2),
      status('pending', 2, 3),
      status('pending', 1, 1),
    ]
    const told = statusesTold(REPOSITORY, 'a'.repeat(40), ['fix'], statuses)
    expect(told.map((one) => one.map(({ payload }) => payload.state))).toEqual([
      ['pending', 'failure'],
      ['pending', 'success'],
    ])
    for (const one of told) expect(await receiver.receive(one)).toEqual({ recorded: 2, ignored: [], spans: 1 })
    expect(
      [...store.contexts.values()].map(({ key, emissions }) => [key, emissions.map(({ state }) => state)]),
    ).toEqual([
      // An end by a status is an estimate, which otherwise would be held, and then sent.
      ['run:https://ci.acme.com/job/acme/job/shop/job/PR-3/1/', ['accepted']],
      ['run:https://ci.acme.com/job/acme/job/shop/job/PR-3/2/', ['accepted']],
    ])
  })
})
