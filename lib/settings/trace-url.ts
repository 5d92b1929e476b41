import { type Environment, SettingError } from './settings.ts'

/**
 * The address of a trace in the backend, with `{traceId}` where its id belongs.
 *
 * @throws SettingError
 */
export const readTraceUrl = (env: Environment): string => {
  const url = env.TRACE_URL?.trim() ?? ''
  if (!/^https?:\/\/[^\s()<>]+$/.test(url)) throw new SettingError('TRACE_URL', 'is not an http or https URL')
  if (!url.includes('{traceId}')) throw new SettingError('TRACE_URL', 'has no {traceId} in it')
  return url
}
