/** Steps that take back what was done, last first. */
export interface Undo {
  readonly add: (step: () => void | Promise<void>) => void
  /** Once, however often it is asked for. */
  readonly run: () => Promise<void>
}

export const undoing = (): Undo => {
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
