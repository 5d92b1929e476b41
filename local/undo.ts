/** Steps that take back what was done, last first. */
export interface Undo {
  readonly add: (step: () => void | Promise<void>) => void
  /** Once, however often it is asked for. */
  readonly run: () => Promise<void>
}

/** What `start` makes of its steps; they are taken back at once where it throws. */
export const undoing = async <T>(start: (undo: Undo) => Promise<T>): Promise<T> => {
  const undo = undoOf()
  try {
    return await start(undo)
  } catch (error) {
    await undo.run()
    throw error
  }
}

const undoOf = (): Undo => {
  const steps: (() => void | Promise<void>)[] = []
  let running: Promise<void> | undefined
  const unwind = async () => {
    for (let step = steps.pop(); step; step = steps.pop()) await step()
  }
  return {
    add: (step) => void steps.push(step),
    run: () => {
      running ??= unwind()
      return running
    },
  }
}
