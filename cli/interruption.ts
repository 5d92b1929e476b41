/** That whoever was asked wants to go no further. */
export const interruption = (): Error => Object.assign(new Error('interrupted'), { name: 'Interruption' })

export const isInterruption = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'Interruption'
