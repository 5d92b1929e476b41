import { headerList, type SecretSetting, SettingError, secretList } from '../../../lib/settings/settings.ts'
import { PARAMETERS, type StoredParameter } from '../../aws/parameters.ts'
import { type Finding, ok, problem, warning } from '../finding.ts'

/** What is wrong with a secret, without a word of it; undefined where nothing is. */
type Fault = (value: string) => string | undefined

/** Half of what deploy makes: less can be guessed, in the end. */
const LEAST_LENGTH = 16

const isLong: Fault = (value) =>
  secretList(value).every((secret) => secret.length >= LEAST_LENGTH)
    ? undefined
    : `is shorter than ${LEAST_LENGTH} characters`

const isWhsec: Fault = (value) =>
  secretList(value).every((secret) => /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(secret))
    ? undefined
    : 'is not whsec_ and at least 24 bytes in base64'

const isHeaders: Fault = (value) => {
  try {
    return Object.keys(headerList(value)).length > 0 ? undefined : 'holds no name=value'
  } catch (error) {
    if (error instanceof SettingError) return 'is not a list of name=value'
    throw error
  }
}

const EXPECTED: Readonly<
  Record<SecretSetting, { readonly fault: Fault; readonly without: string; readonly isNeeded: boolean }>
> = {
  GITHUB_WEBHOOK_SECRET: { fault: isLong, without: 'no webhook of GitHub is accepted', isNeeded: true },
  JENKINS_WEBHOOK_TOKEN: { fault: isLong, without: 'nothing of Jenkins is accepted', isNeeded: true },
  EVENTS_WEBHOOK_SECRET: { fault: isWhsec, without: 'no events are accepted', isNeeded: true },
  OTEL_EXPORTER_OTLP_HEADERS: { fault: isHeaders, without: 'the backend gets no token', isNeeded: false },
  GITHUB_TOKEN: {
    fault: () => undefined,
    without: 'GitHub is not asked to deliver again what failed',
    isNeeded: false,
  },
}

/** Each parameter: whether it is there, encrypted, and of the right form. No value is shown. */
export const parameterFindings = (
  stored: ReadonlyMap<SecretSetting, StoredParameter>,
  stage: string,
): readonly Finding[] =>
  (Object.keys(EXPECTED) as SecretSetting[]).flatMap((setting) => findingsOf(setting, stored.get(setting), stage))

const findingsOf = (setting: SecretSetting, stored: StoredParameter | undefined, stage: string): readonly Finding[] => {
  const { fault, without, isNeeded } = EXPECTED[setting]
  const name = PARAMETERS[setting]
  if (stored === undefined) {
    return isNeeded
      ? [
          warning(
            'parameters',
            `${name} is not there: ${without}.`,
            `Have it made: npx valuestream deploy --stage ${stage}.`,
          ),
        ]
      : [ok('parameters', `${name} is not there, so ${without}.`)]
  }
  const wrong = stored.value === undefined ? undefined : fault(stored.value)
  if (wrong !== undefined) return [problem('parameters', `${name} ${wrong}.`, 'Store another one: docs/deploy.md.')]
  if (stored.type !== 'SecureString') {
    return [
      warning('parameters', `${name} is a ${stored.type}, which is not encrypted.`, 'Store it anew as a SecureString.'),
    ]
  }
  return [ok('parameters', `${name} is there.`)]
}
