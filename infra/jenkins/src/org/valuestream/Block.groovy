package org.valuestream

import com.cloudbees.groovy.cps.NonCPS

/**
 * Runs a block, and tells ValueStream when it began and how it ended. What goes wrong with the telling is a line in the
 * log of the build, and nothing else.
 */
class Block implements Serializable {
  private static final long serialVersionUID = 1L

  private static final List<String> VARIABLES = [
    'BUILD_URL', 'BUILD_NUMBER', 'JOB_NAME', 'CHANGE_ID', 'CHANGE_URL', 'GIT_COMMIT', 'GIT_URL',
  ]
  /** As lib/jenkins/job.ts has it. */
  private static final String DEPLOYS = '(?i)deploy(?:ment)?s?(?![a-z]).*|.*(?<![a-z])deploy(?:ment)?s?'

  private final Object steps
  private final Map options

  Block(Object steps, Map options) {
    this.steps = steps
    this.options = options
  }

  /** The run itself, which the plugins may report too. */
  Object aroundRun(Closure body) {
    return around('build', true, (long) steps.currentBuild.startTimeInMillis, body)
  }

  /** A deploy: the run itself where its job deploys, and otherwise a part of the run. */
  Object aroundDeploy(Closure body) {
    boolean isRun = isDeployJob(String.valueOf(steps.params.type), steps.env.BRANCH_NAME, steps.env.JOB_BASE_NAME)
    long startedMillis = isRun ? (long) steps.currentBuild.startTimeInMillis : System.currentTimeMillis()
    return around('deploy', isRun, startedMillis, body)
  }

  /** A branch that is named so says nothing. */
  @NonCPS
  static boolean isDeployJob(String type, String branch, String job) {
    return type == 'deploy' || (!branch && String.valueOf(job).matches(DEPLOYS))
  }

  private Object around(String type, boolean isRun, long startedMillis, Closure body) {
    String before = isRun ? 'SUCCESS' : steps.currentBuild.currentResult
    String traceparent = tell { Event.started(told(type, isRun, startedMillis)) }
    String result = 'error'
    try {
      Object value = traceparent == null ? body() : steps.withEnv(['TRACEPARENT=' + traceparent]) { body() }
      result = Outcome.ofResults(before, steps.currentBuild.currentResult)
      return value
    } catch (Throwable thrown) {
      result = Outcome.ofThrown(thrown)
      throw thrown
    } finally {
      tell { Event.finished(told(type, isRun, startedMillis), System.currentTimeMillis(), result) }
    }
  }

  /** What is known now: a checkout within the block tells the commit to its end. */
  private Map told(String type, boolean isRun, long startedMillis) {
    Map env = [:]
    for (String name in VARIABLES) {
      env[name] = steps.env[name]
    }
    Map params = [:]
    for (String name in ['vstrace-trace-id', 'TRACEPARENT', 'traceparent']) {
      params[name] = steps.params[name]
    }
    return [
      type: type, isRun: isRun, startedMillis: startedMillis, env: env, params: params, options: options,
      upstream: isRun && steps.currentBuild.upstreamBuilds ? steps.currentBuild.upstreamBuilds[0].absoluteUrl : null,
    ]
  }

  /** @return the traceparent, where it was recorded */
  private String tell(Closure body) {
    Map answer = [:]
    try {
      answer = send(body())
    } catch (Throwable thrown) {
      if (Outcome.isInterruption(thrown)) throw thrown
      answer = [problem: String.valueOf(thrown.message)]
    }
    if (answer.problem) steps.echo('valuestream: not told, and the build goes on: ' + answer.problem)
    return answer.traceparent
  }

  private Map send(String body) {
    String url = options.url ?: steps.env.VALUESTREAM_EVENTS_URL
    if (!url) return [problem: 'VALUESTREAM_EVENTS_URL is not set']
    String credential = options.credentialsId ?: steps.env.VALUESTREAM_CREDENTIALS_ID ?: 'valuestream-events-secret'
    Map answer = [:]
    steps.withCredentials([steps.string(credentialsId: credential, variable: 'VALUESTREAM_SECRET')]) {
      answer = Sender.post(url, steps.env.VALUESTREAM_SECRET, body)
    }
    return answer
  }
}
