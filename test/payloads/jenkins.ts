/** Build events as the Statistics Gatherer posts them: every field is always there. */
export const gathererStart = (more: object = {}) => ({
  ciUrl: 'https://ci.acme.com/',
  jobName: 'PR-2',
  fullJobName: 'codertocat/hello-world/PR-2',
  number: 3,
  buildUrl: 'job/codertocat/job/hello-world/job/PR-2/3/',
  result: 'INPROGRESS',
  startTime: 1_557_933_700_000,
  endTime: 1_557_933_700_250,
  duration: 0,
  queueTime: 4200,
  contextId: 102490963,
  buildCause: 'Started by user Ada',
  startedUserId: 'ada',
  startedUserName: 'Ada',
  slaveInfo: { slaveName: 'linux-1', executor: '0', label: 'linux' },
  parameters: { suite: 'full', npm_token: 'hunter2' },
  scmInfo: {
    url: 'https://ci:s3cret@github.com/Codertocat/Hello-World.git',
    branch: 'origin/changes',
    commit: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821',
  },
  buildFailureCauses: [],
  ...more,
})

export const gathererEnd = (more: object = {}) => ({
  ...gathererStart(),
  result: 'SUCCESS',
  startTime: 1_557_934_000_500,
  endTime: 1_557_934_000_000,
  duration: 300_000,
  queueTime: 0,
  contextId: 0,
  buildCause: '',
  startedUserId: '',
  startedUserName: '',
  slaveInfo: { slaveName: '', executor: '', label: '' },
  parameters: {},
  scmInfo: { url: '', branch: '', commit: '' },
  ...more,
})

/** Events as the Notification plugin posts them. */
export const notification = (build: object) => ({
  name: 'PR-2',
  display_name: 'PR-2',
  url: 'job/codertocat/job/hello-world/job/PR-2/',
  build: {
    full_url: 'https://ci.acme.com/job/codertocat/job/hello-world/job/PR-2/3/',
    number: 3,
    queue_id: 40,
    timestamp: 1_557_933_700_000,
    duration: 0,
    phase: 'STARTED',
    url: 'job/codertocat/job/hello-world/job/PR-2/3/',
    scm: { changes: [], culprits: [] },
    notes: '',
    artifacts: {},
    ...build,
  },
})
