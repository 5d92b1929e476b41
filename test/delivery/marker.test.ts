import { repository } from '../../lib/delivery/activity.ts'
import { markedActivities } from '../../lib/delivery/marker.ts'
import { SHOP } from '../support/events.ts'

const enterprise = repository('github.example.com', 'acme', 'my-app-2')

describe('the marker that people write', () => {
  it.each([
    ['vstrace-github-issue-acme/shop-12', SHOP, ['issue:github.com/acme/shop#12']],
    ['feature/vstrace-github-issue-acme/shop-12-fix-it', SHOP, ['issue:github.com/acme/shop#12']],
    ['See vstrace-github-pull_request-ACME/Shop-34.', SHOP, ['pull_request:github.com/acme/shop#34']],
    ['vstrace-github-issue-shop-12', SHOP, ['issue:github.com/acme/shop#12']],
    ['vstrace-github-issue-payments-12', SHOP, ['issue:github.com/acme/payments#12']],
    ['vstrace-github-issue-payments-12', undefined, []],
    ['vstrace-github-issue-acme/my-app-2-12-fix', enterprise, ['issue:github.example.com/acme/my-app-2#12']],
    ['vstrace-github-issue-other/tool-3', enterprise, ['issue:github.com/other/tool#3']],
    ['vstrace-github-issue-acme/shop-12-2-tries', SHOP, ['issue:github.com/acme/shop#12']],
    ['vstrace-github-issue-acme/shop-12th', SHOP, []],
    ['vstrace-github-issue-acme/shop', SHOP, []],
    [
      'vstrace-github-issue-acme/shop-1 vstrace-github-issue-acme/shop-2',
      SHOP,
      ['issue:github.com/acme/shop#1', 'issue:github.com/acme/shop#2'],
    ],
  ])('reads %s', (text, home, expected) => {
    expect(markedActivities(text, 'github.com', home)).toEqual(expected)
  })
})
