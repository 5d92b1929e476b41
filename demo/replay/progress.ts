import { formatDuration } from '../../explorer/duration.ts'

export interface Progress {
  readonly advance: () => void
  /** Ends the line; what is left is not claimed to be done. */
  readonly end: () => void
}

export interface ProgressOutput {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

const WIDTH = 30
const REDRAW_MILLIS = 80

/**
 * A progress bar on a terminal, and elsewhere, such as in a log of CI, a line for every tenth. Own lines, since the
 * progress bars of the registry have had no release for years.
 */
export const progress = (output: ProgressOutput, label: string, total: number, now: () => number): Progress => {
  const startedMillis = now()
  let done = 0
  let drawnMillis = Number.NEGATIVE_INFINITY

  const drawBar = () => {
    const filled = Math.round((WIDTH * done) / total)
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    output.write(`\r${label} ${bar} ${done}/${total} · ${formatDuration(Math.max(1000, now() - startedMillis))}  `)
    drawnMillis = now()
  }
  const tenth = () => Math.floor((10 * done) / total)
  return {
    advance: () => {
      const before = tenth()
      done += 1
      if (output.isTTY) {
        if (done === total || now() - drawnMillis >= REDRAW_MILLIS) drawBar()
      } else if (tenth() > before) {
        output.write(`${label} ${done}/${total}\n`)
      }
    },
    end: () => {
      if (output.isTTY) output.write('\n')
    },
  }
}
