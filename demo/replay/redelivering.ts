import type { Post } from './post.ts'

/** What a machine that is busy with other things answers in the end. */
const ATTEMPTS = 5

/** Posts again what was answered 503, as that answer asks for. */
export const redelivering =
  (post: Post): Post =>
  async (url, headers, body) => {
    for (let attempt = 1; ; attempt += 1) {
      const reply = await post(url, headers, body)
      if (reply.status !== 503 || attempt === ATTEMPTS) return reply
    }
  }
