import { verdictOf } from '../../scripts/audit-report.ts'

/** As npm 10 prints it, shortened by members that are not read. */
const audited = (vulnerabilities: object) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: { total: 1 } } })

const minimist = {
  name: 'minimist',
  severity: 'critical',
  isDirect: false,
  via: [
    {
      source: 1097678,
      name: 'minimist',
      dependency: 'minimist',
      title: 'Prototype Pollution in minimist',
      url: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
      severity: 'critical',
      cwe: ['CWE-1321'],
      cvss: { score: 9.8, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
      range: '<0.2.4',
    },
  ],
  effects: ['mkdirp'],
  range: '<0.2.4',
  nodes: ['node_modules/minimist'],
  fixAvailable: true,
}
const mkdirp = { ...minimist, name: 'mkdirp', severity: 'low', via: ['minimist'], range: '0.4.1 - 0.5.1', effects: [] }

const MINIMIST =
  'critical minimist <0.2.4: Prototype Pollution in minimist (https://github.com/advisories/GHSA-xvch-5gv4-984h)'
const MKDIRP = 'low      mkdirp 0.4.1 - 0.5.1: by minimist'

/** What npm 10 printed where the registry has no such endpoint, and where there was none. */
const NO_ENDPOINT = {
  message: '405 Method Not Allowed - POST https://registry.example.com/-/npm/v1/security/advisories/bulk',
  method: 'POST',
  uri: 'https://registry.example.com/-/npm/v1/security/advisories/bulk',
  headers: { allow: ['GET,HEAD'] },
  statusCode: 405,
  body: '',
  error: { summary: '', detail: '' },
}
const NO_NETWORK = {
  message:
    'request to https://registry.example.com/-/npm/v1/security/advisories/bulk failed, reason: connect ECONNREFUSED',
  error: { summary: '', detail: '' },
}
const NO_LOCKFILE = { error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.', detail: '' } }

describe('the verdict on an audit', () => {
  it.each([
    ['nothing is known', audited({}), true, ['No known vulnerability in a production dependency.']],
    [
      'one is critical',
      audited({ mkdirp, minimist }),
      false,
      [MINIMIST, MKDIRP, 'High or critical: update before a release.'],
    ],
    ['none is high', audited({ mkdirp }), true, [MKDIRP, 'None is high or critical.']],
    [
      'the registry has no advisories',
      JSON.stringify(NO_ENDPOINT),
      true,
      ['The registry cannot tell whether there are known vulnerabilities: it answered 405. Nothing was checked.'],
    ],
    [
      'the registry is not reached',
      JSON.stringify(NO_NETWORK),
      true,
      ['The registry cannot tell whether there are known vulnerabilities: it was not reached. Nothing was checked.'],
    ],
    ['there is no lockfile', JSON.stringify(NO_LOCKFILE), false, ['There is no lockfile to audit.']],
    ['npm says nothing', '', false, ['npm audit has printed what this check cannot read.']],
    [
      'npm has another format',
      '{"auditReportVersion":3}',
      false,
      ['npm audit has printed what this check cannot read.'],
    ],
  ])('is right when %s', (_when, output, passes, lines) => {
    expect(verdictOf(output)).toEqual({ passes, lines })
  })
})
