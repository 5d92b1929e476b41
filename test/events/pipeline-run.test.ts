import { pipelineRun } from '../payloads/events.ts'
import { AT, estimated, momentsOf, reported } from './cd-expected.ts'
import { eventOf } from './translated.ts'

describe("translating a CDEvent of a pipeline's run", () => {
  it('tells its end as that of a build, known by its address', () => {
    const content = { outcome: 'failure', errors: 'Unit tests failed' }
    expect(eventOf(pipelineRun('finished', { content }))).toEqual({
      key: 'run:https://dashboard.acme.com/shop/run-7/',
      operation: 'build',
      stage: 'finished',
      observedMillis: AT,
      opened: estimated,
      ended: { ...reported, result: 'failure' },
      attributes: {
        service: 'prod-shop',
        'event.id': 'shop/run-7',
        'event.type': 'dev.cdevents.pipelinerun.finished.0.3.0',
        'build.url': 'https://dashboard.acme.com/shop/run-7',
        'cicd.pipeline.name': 'shop-ci',
        'cicd.pipeline.run.id': 'shop/run-7',
        'cicd.pipeline.run.url.full': 'https://dashboard.acme.com/shop/run-7',
        'error.message': 'Unit tests failed',
      },
      references: {},
      names: [],
    })
  })

  it.each([
    ['queued', { stage: 'started', opened: estimated, queuedMillis: AT }],
    ['started', { stage: 'started', opened: reported }],
    ['finished', { stage: 'finished', opened: estimated, ended: { ...reported, result: 'success' } }],
  ])('tells when it was %s', (predicate, moments) => {
    expect(momentsOf(pipelineRun(predicate))).toEqual(moments)
  })

  it.each([
    [{ outcome: 'success' }, 'success'],
    [{ outcome: 'failure' }, 'failure'],
    [{ outcome: 'error' }, 'error'],
    [{ outcome: 'cancel' }, 'cancellation'],
    [{ outcome: 'Cancelled' }, 'cancellation'],
    [{ outcome: 'timeout' }, 'timeout'],
    [{ outcome: 'skipped' }, 'skip'],
    [{ outcome: 'constructor' }, 'error'],
    [{ errors: 'Out of memory' }, 'error'],
    [{}, 'success'],
  ])('tells of %j the result %s', (content, result) => {
    expect(eventOf(pipelineRun('finished', { content })).ended?.result).toBe(result)
  })

  it.each([
    [{ uri: undefined, url: 'https://dashboard.acme.com/run-7/' }, 'run:https://dashboard.acme.com/run-7/'],
    [{ uri: 'https://ci.acme.com/job/shop/7/console' }, 'run:https://ci.acme.com/job/shop/7/'],
    [
      { uri: 'https://github.com/Acme/shop/actions/runs/12' },
      'run:https://github.com/acme/shop/actions/runs/12/attempts/1/',
    ],
    [{ uri: 'https://ci.acme.com/job/shop/7/?auto_refresh=false' }, 'run:https://ci.acme.com/job/shop/7/'],
    [{ uri: 'https://dashboard.acme.com/' }, 'event:prod-shop/build/shop/run-7'],
    [{ uri: 'https://dashboard.acme.com/runs#7' }, 'event:prod-shop/build/shop/run-7'],
    [{ uri: 'https://dashboard.acme.com/run?id=7' }, 'event:prod-shop/build/shop/run-7'],
    [{ uri: 'job/shop/7/' }, 'event:prod-shop/build/shop/run-7'],
    [{ uri: undefined }, 'event:prod-shop/build/shop/run-7'],
  ])('knows it by %j as %s', (content, key) => {
    expect(eventOf(pipelineRun('started', { content })).key).toBe(key)
  })

  it.each([
    [undefined, 'tekton.acme.com-prod'],
    ['https://tekton.acme.com:8443/', 'tekton.acme.com-8443'],
    ['/Monitoring/prod 1/', 'monitoring-prod-1'],
    ['git.acme.com/acme/shop', 'git.acme.com-acme-shop'],
    ['urn:acme:tekton', 'acme-tekton'],
    ['/', 'cdevents'],
    [`/${'a'.repeat(300)}`, 'a'.repeat(100)],
  ])('calls the source %s %s', (source, name) => {
    const { key, attributes } = eventOf(pipelineRun('started', { subject: { source }, content: { uri: undefined } }))
    expect([key, attributes.service]).toEqual([`event:${name}/build/shop/run-7`, name])
  })
})
