/** Runs one task after the other, in the order in which they were asked for. */
export const oneAtATime = (): (<T>(task: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const mine = last.then(task)
    // What failed is told to whoever has asked for it; the next one runs all the same.
    last = mine.catch(() => {})
    return mine
  }
}
