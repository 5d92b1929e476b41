import { formatDuration } from '../../explorer/duration.ts'

export interface ProgressOutput {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly write: (text: string) => unknown
}

/** Tells how far an import is: one line that is drawn anew on a terminal, and elsewhere a line every ten seconds. */
export interface Progress {
  /** So many more of a part are done, which is the next one where it has another name. */
  readonly advance: (part: string, count: number, total?: number) => void
  /** A line of its own, above what is drawn. */
  readonly say: (line: string) => void
  readonly end: () => void
}

const WIDTH = 24
const REDRAW_MILLIS = 100
const LINE_MILLIS = 10_000

export const importProgress = (output: ProgressOutput, now: () => number): Progress => {
  let state = { name: '', done: 0, total: undefined as number | undefined, startedMillis: now() }
  let toldMillis = now()
  const isTerminal = output.isTTY === true
  const clear = () => (isTerminal ? '\r\u001B[2K' : '')
  const draw = (isDue: boolean) => {
    if (!isDue || state.name === '') return
    toldMillis = now()
    const text = lineOf(state, now())
    output.write(isTerminal ? `${clear()}${text.slice(0, (output.columns ?? 100) - 1)}` : `${text}\n`)
  }
  /** What is left of a part: how much it was. */
  const leave = () => {
    state = { ...state, total: undefined }
    draw(state.name !== '')
    if (state.name !== '' && isTerminal) output.write('\n')
  }
  const begin = (name: string) => {
    leave()
    state = { name, done: 0, total: undefined, startedMillis: now() }
  }
  return {
    advance: (part, count, total) => {
      if (part !== state.name) begin(part)
      state = { ...state, done: state.done + count, total: total ?? state.total }
      draw(now() - toldMillis >= (isTerminal ? REDRAW_MILLIS : LINE_MILLIS))
    },
    say: (line) => {
      output.write(`${clear()}${line}\n`)
      draw(isTerminal)
    },
    end: () => {
      leave()
      state = { ...state, name: '' }
    },
  }
}

interface State {
  readonly name: string
  readonly done: number
  readonly total: number | undefined
  readonly startedMillis: number
}

const lineOf = ({ name, done, total, startedMillis }: State, nowMillis: number): string => {
  if (total === undefined || total < done) return `${name}: ${done}`
  const filled = total === 0 ? WIDTH : Math.round((WIDTH * done) / total)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`
  const leftMillis = done === 0 ? undefined : ((nowMillis - startedMillis) * (total - done)) / done
  const left = leftMillis === undefined || done === total ? '' : `, ${formatDuration(Math.max(1000, leftMillis))} left`
  return `${name} ${bar} ${done} of ${total}${left}`
}
