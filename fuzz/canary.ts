/** What must never be seen again, in an answer or in a line of the log: it is put into payloads and into secrets. */
export const CANARY = 'qcanaryq'

/** The secrets of the functions under test; the second of each is the one that is being rotated out. */
export const SECRETS = {
  github: [`${CANARY}-github-new`, `${CANARY}-github-old`],
  jenkins: [`${CANARY}-jenkins-new`, `${CANARY}-jenkins-old`],
  events: [secretOfEvents('new'), secretOfEvents('old')],
} as const satisfies Record<string, readonly [string, string]>

function secretOfEvents(which: string): string {
  return `whsec_${Buffer.from(`${CANARY}-events-${which}`).toString('base64')}`
}

/** How a secret may show: as it is, or in the encodings that a header could bear. */
const FORMS: readonly string[] = [
  CANARY,
  ...Object.values(SECRETS)
    .flat()
    .flatMap((secret) => [
      Buffer.from(secret).toString('base64').slice(0, 16),
      secret.replace('whsec_', '').slice(0, 16),
    ])
    .filter((form) => form.length === 16),
]

/** Whether a text tells anything of a payload's private parts or of a secret, in whatever case. */
export const tells = (text: string): boolean => {
  const lower = text.toLowerCase()
  return FORMS.some((form) => lower.includes(form.toLowerCase()))
}
