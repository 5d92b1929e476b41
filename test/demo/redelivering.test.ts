import { redelivering } from '../../demo/replay/redelivering.ts'

const answering = (statuses: readonly number[]) => {
  const bodies: string[] = []
  const post = redelivering(async (_url, _headers, body) => {
    bodies.push(body)
    return { status: statuses[bodies.length - 1] ?? 503, text: '' }
  })
  return { post, bodies }
}

it('delivers again what could not be recorded, and nothing else', async () => {
  const { post, bodies } = answering([503, 503, 202])
  expect(await post('/github', {}, 'b')).toEqual({ status: 202, text: '' })
  expect(bodies).toEqual(['b', 'b', 'b'])
})

it('gives up after the fifth time', async () => {
  const { post, bodies } = answering([])
  expect(await post('/github', {}, 'b')).toEqual({ status: 503, text: '' })
  expect(bodies.length).toBe(5)
})
