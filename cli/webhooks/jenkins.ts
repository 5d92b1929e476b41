/**
 * What is to be set in Jenkins, as a form to follow and as Configuration as Code. A token is shown only where it is
 * given; as code it always is a variable, since such files lie in repositories.
 *
 * @see https://github.com/jenkinsci/configuration-as-code-plugin/tree/master/demos/statistics-gatherer
 */
export const jenkinsSetup = (jenkinsUrl: string, token: string | undefined): string => {
  const shown = token === undefined ? 'TOKEN' : encodeURIComponent(token)
  return [
    'In Jenkins, one of the two plugins.',
    '',
    'Statistics Gatherer: Manage Jenkins, System',
    `  Build URL                     ${jenkinsUrl}?token=${shown}`,
    '  Enable HTTP publishing?       on',
    '  Send Build Info               on, and the other four off',
    '',
    'Notification: in a job, or in its folder, Job Notifications, Add Endpoint',
    '  Format, Protocol, Event       JSON, HTTP, All Events',
    '  Timeout                       10000',
    `  URL                           ${jenkinsUrl}/${shown}`,
    '',
    'As Configuration as Code, with the token in the variable VALUESTREAM_TOKEN of the controller:',
    '',
    'unclassified:',
    '  statisticsconfiguration:',
    `    buildUrl: "${jenkinsUrl}?token=\${VALUESTREAM_TOKEN}"`,
    '    shouldSendApiHttpRequests: true',
    '    buildInfo: true',
    '    queueInfo: false',
    '    projectInfo: false',
    '    buildStepInfo: false',
    '    scmCheckoutInfo: false',
    ...(token === undefined ? ['', 'TOKEN is JENKINS_WEBHOOK_TOKEN, which --show-secrets shows.'] : []),
  ].join('\n')
}
