import { createHmac, hash } from 'node:crypto'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of credentials that expire, as a function on Lambda has them. */
  readonly sessionToken?: string
}

/** Where a request goes, as it is signed for. */
export interface Scope {
  readonly region: string
  /** As AWS abbreviates it in a signature: `dynamodb`, `ssm`. */
  readonly service: string
}

/** A POST to the root of a service, all that its JSON protocols ever make. Header names are in lower case. */
export interface Unsigned {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Sign = (request: Unsigned, credentials: Credentials, nowMillis: number) => Readonly<Record<string, string>>

const ALGORITHM = 'AWS4-HMAC-SHA256'

/**
 * Gives the headers of requests with AWS Signature Version 4. Of a day and a secret the key is derived once: it is four of
 * the six HMACs of a signature.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const signer = ({ region, service }: Scope): Sign => {
  let derived: { readonly day: string; readonly secret: string; readonly key: Buffer } | undefined
  const keyOf = (day: string, secret: string): Buffer => {
    if (derived?.day !== day || derived.secret !== secret) {
      const key = [day, region, service, 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secret}`))
      derived = { day, secret, key }
    }
    return derived.key
  }
  return ({ headers, body }, { accessKeyId, secretAccessKey, sessionToken }, nowMillis) => {
    const stamp = new Date(nowMillis).toISOString().replace(/[-:]|\.\d{3}/g, '')
    const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`
    const all: Record<string, string> = {
      ...headers,
      'x-amz-date': stamp,
      ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
    }
    const names = Object.keys(all).sort()
    const signedNames = names.join(';')
    const lines = names.map((name) => `${name}:${all[name]?.trim()}\n`).join('')
    const canonical = `POST\n/\n\n${lines}\n${signedNames}\n${sha256(body)}`
    const toSign = `${ALGORITHM}\n${stamp}\n${scope}\n${sha256(canonical)}`
    const signature = hmac(keyOf(stamp.slice(0, 8), secretAccessKey), toSign).toString('hex')
    return {
      ...all,
      authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${signedNames}, Signature=${signature}`,
    }
  }
}

const sha256 = (text: string): string => hash('sha256', text)

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
