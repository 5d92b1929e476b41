import type { DeliveryEvent } from '../delivery/event.ts'
import { MalformedField } from '../delivery/malformed.ts'
import { RESULTS, type Result } from '../delivery/result.ts'
import type { CustomPayload } from './payload.ts'
import { requiredMillis } from './time.ts'

type Moments = Pick<DeliveryEvent, 'stage' | 'observedMillis' | 'opened' | 'ended'>

/** When an event in ValueStream's own format happened: `time` is when its status came to be. @throws MalformedField */
export const momentsOf = (payload: CustomPayload): Moments => {
  const { status, started, result } = payload
  const atMillis = requiredMillis('time', payload.time)
  const startedMillis = started == null ? undefined : requiredMillis('started', started)
  const opened = {
    atMillis: startedMillis ?? atMillis,
    certainty: startedMillis === undefined && status !== 'started' ? 'estimated' : 'reported',
  } as const
  if (status !== 'finished' && result != null) {
    throw new MalformedField('result', 'belongs to the status finished alone')
  }
  switch (status) {
    case 'started':
    case 'updated':
      return { stage: status, observedMillis: atMillis, opened }
    case 'finished': {
      // Who reports from within a run does so before it has ended, so that Jenkins's own word is the surer one.
      const certainty = payload.run == null ? 'reported' : 'derived'
      const ended = { atMillis, certainty, result: resultOf(payload) } as const
      return { stage: status, observedMillis: atMillis, opened, ended }
    }
    default:
      throw new MalformedField('status', 'is none of started, updated and finished')
  }
}

const resultOf = ({ result, error }: CustomPayload): Result => {
  if (result == null) return error ? 'error' : 'success'
  if (!isResult(result)) throw new MalformedField('result', `is none of ${Object.keys(RESULTS).join(', ')}`)
  return result
}

const isResult = (text: string): text is Result => Object.hasOwn(RESULTS, text)
