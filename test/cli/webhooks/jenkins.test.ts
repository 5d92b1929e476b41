import { parse } from 'yaml'
import { jenkinsSetup } from '../../../cli/webhooks/jenkins.ts'

const URL_OF_JENKINS = 'https://abc.example/jenkins'

/** What stands there as Configuration as Code. */
const codeIn = (text: string): unknown => parse(text.slice(text.indexOf('unclassified:')).split('\n\n')[0] ?? '')

describe('what is to be set in Jenkins', () => {
  it('is said as Configuration as Code, with the token as a variable', () => {
    expect(codeIn(jenkinsSetup(URL_OF_JENKINS, 'tok en'))).toEqual({
      unclassified: {
        statisticsconfiguration: {
          buildUrl: `https://abc.example/jenkins?token=\${VALUESTREAM_TOKEN}`,
          shouldSendApiHttpRequests: true,
          buildInfo: true,
          queueInfo: false,
          projectInfo: false,
          buildStepInfo: false,
          scmCheckoutInfo: false,
        },
      },
    })
  })

  it('shows the token only where it is given', () => {
    expect(jenkinsSetup(URL_OF_JENKINS, 'tok en')).toContain('https://abc.example/jenkins?token=tok%20en\n')
    expect(jenkinsSetup(URL_OF_JENKINS, undefined)).toContain('https://abc.example/jenkins?token=TOKEN\n')
  })
})
