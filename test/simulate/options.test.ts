import { readOptions } from '../../simulate/options.ts'

describe('the arguments of the simulation', () => {
  it('have defaults, and are taken as they are', () => {
    expect(readOptions([])).toEqual({ activities: 2000, seed: 1, loss: 0, lanes: 32 })
    const args = ['--activities', '20000', '--seed', '7', '--loss', '0.02', '--lanes', '1', '--json', 'report.json']
    expect(readOptions(args)).toEqual({ activities: 20_000, seed: 7, loss: 0.02, lanes: 1, json: 'report.json' })
  })

  it.each([
    [['--activities', '2.5'], '--activities must be a whole number from 20'],
    [['--activities', '3'], '--activities must be a whole number from 20'],
    [['--seed', ''], '--seed must be a whole number from 1'],
    [['--loss', '2'], '--loss must be a number from 0 to 0.9'],
    [['--days', '2'], 'The simulation does not know these arguments'],
  ])('%j are refused by a sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence)
  })
})
