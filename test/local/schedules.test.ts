import { loadSchedules, type Schedule } from '../../local/schedules.ts'
import { underWay } from '../../local/under-way.ts'

const schedule = (functionName: string): Schedule => ({
  functionName,
  handler: `functions/${functionName}/handler.handler`,
  everyMillis: 60_000,
  timeoutSeconds: 15,
})

const loaded = async (tell: (sentence: string) => void = () => {}) => {
  const runs: string[] = []
  const importModule = async (file: string) => ({
    handler: async () => {
      runs.push(file)
      if (file.includes('broken')) throw new Error('the table is away')
      return file
    },
  })
  const names = ['sweep', 'redeliver', 'broken'].map(schedule)
  return { runs, schedules: await loadSchedules('', names, importModule, underWay(), tell) }
}

describe('the functions that run by schedule', () => {
  it('run at once, but for those that nobody wants', async () => {
    const { runs, schedules } = await loaded()
    const stop = schedules.start((name) => name === 'sweep')
    await new Promise(setImmediate)
    stop()
    expect(runs).toEqual(['functions/sweep/handler.ts'])
  })

  it('can all be run by hand', async () => {
    const { schedules } = await loaded()
    expect(await schedules.run('redeliver')).toBe('functions/redeliver/handler.ts')
    expect(schedules.run('nobodys')).toBeUndefined()
  })

  it('tell what they throw, and nothing else fails by it', async () => {
    const told: string[] = []
    const { schedules } = await loaded((sentence) => told.push(sentence))
    const stop = schedules.start((name) => name === 'broken')
    await new Promise(setImmediate)
    stop()
    expect(told).toEqual(['The function broken has failed: the table is away.'])
  })
})
