import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { differences } from './comparable.ts'
import { exporting, killedAfter, newStore, type Overlap, openOverlap, receiverOf, spansIn } from './overlap.ts'

let overlap: Overlap
beforeAll(async () => {
  overlap = await openOverlap(7, 150)
})
afterAll(() => overlap.close())

describe('a history that is imported', () => {
  it('is killed twice, goes on, and has made the spans that its webhooks make', async () => {
    const [live, imported] = [newStore(), newStore()]
    await overlap.sendLive(live)
    await expect(overlap.importAll(killedAfter(receiverOf(imported), 30))).rejects.toThrow('killed')
    await expect(overlap.importAll(killedAfter(receiverOf(imported), 60))).rejects.toThrow('killed')
    await overlap.importAll(receiverOf(imported))
    expect(spansIn(live).size).toBeGreaterThan(100)
    expect(differences(spansIn(imported), spansIn(live))).toEqual([])
    expect(readdirSync(join(overlap.home, 'imports')).filter((name) => !name.includes('background'))).toEqual([])
  })

  it('adds no span and changes none where its webhooks came before', async () => {
    const store = newStore()
    await overlap.sendLive(store)
    const before = spansIn(store)
    const { exported, exporter } = exporting()
    await overlap.importAll(receiverOf(store, exporter), true)
    expect(exported).toEqual([])
    expect(differences(spansIn(store), before)).toEqual([])
  })

  it('is not doubled by its webhooks when they come after it', async () => {
    const store = newStore()
    await overlap.importAll(receiverOf(store))
    const imported = spansIn(store)
    await overlap.sendLive(store)
    expect(differences(imported, spansIn(store))).toEqual([])
  })
})
