import { gathererEnd } from '../payloads/jenkins.ts'
import { activityOf, openSystem } from '../support/system.ts'

it('records a finish although the backend is set up wrong, since that can be mended and a lost webhook cannot', async () => {
  const system = await openSystem({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'nonsense' })
  const answer = await system.jenkins(gathererEnd())
  await system.close()
  expect(activityOf(answer).operation).toBe('build')
  expect(system.backend.spans).toEqual([])
})
