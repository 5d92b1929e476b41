/** What the shell is told; the same for every command. */
export const EXIT = {
  done: 0,
  /** Refused, or failed, with one sentence on standard error. */
  failed: 1,
  /** There is no such command, option or value of one. */
  wrongUse: 2,
  /** By Ctrl-C: 128 and the number of the signal, as shells have it. */
  interrupted: 130,
} as const
