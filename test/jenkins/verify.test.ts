import { verify } from '../../lib/jenkins/verify.ts'

const request = (more: object) => ({ headers: {}, query: {}, pathParameters: {}, body: new Uint8Array(), ...more })
const basic = (text: string) => ({ headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` } })

describe("verifying Jenkins's token", () => {
  it.each([
    ['in the query', { query: { token: 'new' } }],
    ['in the path', { pathParameters: { token: 'new' } }],
    ['as the password of Basic credentials', basic('jenkins:new')],
    ['as a password with a colon in it', basic('jenkins:a:b')],
    ['as Bearer', { headers: { authorization: 'Bearer new' } }],
    ['that is being rotated out', { query: { token: 'old' } }],
  ])('takes one %s', (_where, more) => {
    expect(verify(request(more), ['new', 'old', 'a:b'])).toEqual({ kind: 'verified' })
  })

  it.each([
    ['none', {}, 'no token: add ?token=… to the URL that Jenkins posts to, or Basic credentials'],
    [
      'another',
      { query: { token: 'newer' } },
      'the token does not fit: the one in the URL and JENKINS_WEBHOOK_TOKEN differ',
    ],
    [
      'an empty one',
      { query: { token: '' } },
      'the token does not fit: the one in the URL and JENKINS_WEBHOOK_TOKEN differ',
    ],
    [
      'one with a blank behind it',
      { query: { token: 'new ' } },
      'the token does not fit: the one in the URL and JENKINS_WEBHOOK_TOKEN differ',
    ],
    [
      'two of them, as API Gateway joins them',
      { query: { token: 'new,new' } },
      'the token does not fit: the one in the URL and JENKINS_WEBHOOK_TOKEN differ',
    ],
    [
      'one that is not ASCII',
      { pathParameters: { token: 'n\u00e9w\ud800' } },
      'the token does not fit: the one in the URL and JENKINS_WEBHOOK_TOKEN differ',
    ],
    [
      'Basic credentials that are no base64',
      { headers: { authorization: 'Basic ****' } },
      'no token: add ?token=… to the URL that Jenkins posts to, or Basic credentials',
    ],
    ['a user only', basic('new'), 'no token: add ?token=… to the URL that Jenkins posts to, or Basic credentials'],
    [
      'a Digest',
      { headers: { authorization: 'Digest new' } },
      'no token: add ?token=… to the URL that Jenkins posts to, or Basic credentials',
    ],
  ])('refuses %s and says why', (_what, more, reason) => {
    expect(verify(request(more), ['new'])).toEqual({ kind: 'refused', reason })
  })
})
