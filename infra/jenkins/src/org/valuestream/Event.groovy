package org.valuestream

import com.cloudbees.groovy.cps.NonCPS
import groovy.json.JsonOutput

/** What is said of a block, as docs/events.md describes it. */
class Event implements Serializable {
  private static final long serialVersionUID = 1L

  private static final String COMMIT = '[0-9a-fA-F]{40}|[0-9a-fA-F]{64}'
  private static final String PULL_REQUEST = '(https?://[^/@]+/[^/]+/[^/]+)/pull/[0-9]+'
  private static final String REMOTE = '(?:(?:https?|ssh)://)?(?:[^/@]*@)?([\\w.-]+)(?::[0-9]+)?[:/]([\\w-]{1,39})/([\\w.-]{1,100}?)(?:\\.git)?/?'
  private static final int LONGEST_ID = 200

  /**
   * The body of a start.
   *
   * @param block `type` (build or deploy), `isRun`, `startedMillis`, `env` (Jenkins's variables), `params` (of the run),
   *   `upstream` (address of the run that has started this one), `options` (what the Jenkinsfile says)
   */
  @NonCPS
  static String started(Map block) {
    return JsonOutput.toJson(common(block) + [status: 'started', time: block.startedMillis])
  }

  /** The body of an end, which says all that the start did, so that none has to have arrived. */
  @NonCPS
  static String finished(Map block, long atMillis, String result) {
    Map end = [status: 'finished', time: atMillis, started: block.startedMillis, result: result]
    return JsonOutput.toJson(common(block) + end)
  }

  @NonCPS
  private static Map common(Map block) {
    Map options = block.options
    Map env = block.env
    String repository = repositoryOf(options, env)
    return present([
      type       : block.type,
      source     : 'jenkins',
      id         : idOf(block),
      run        : block.isRun ? env.BUILD_URL : null,
      url        : block.isRun ? null : env.BUILD_URL,
      title      : options.title,
      parent     : parentOf(block),
      repository : repository,
      change     : repository != null && String.valueOf(env.CHANGE_ID).matches('[1-9][0-9]{0,9}') ? env.CHANGE_ID : null,
      commit     : options.commit ?: (String.valueOf(env.GIT_COMMIT).matches(COMMIT) ? env.GIT_COMMIT : null),
      environment: block.type == 'deploy' ? options.environment : null,
      production : block.type == 'deploy' ? options.production : null,
      parameters : parametersOf(block),
    ])
  }

  /** Of a run nothing but a name; of a block in a run what tells it from every other, a second try included. */
  @NonCPS
  private static String idOf(Map block) {
    String run = "${block.env.JOB_NAME}#${block.env.BUILD_NUMBER}"
    String id = block.isRun ? run : "${run}/${block.options.environment ?: 'deploy'}-${block.startedMillis}"
    return id.length() > LONGEST_ID ? id.substring(id.length() - LONGEST_ID) : id
  }

  @NonCPS
  private static Object parentOf(Map block) {
    if (block.options.parent) return String.valueOf(block.options.parent)
    if (!block.isRun) return block.env.BUILD_URL
    Map params = block.params ?: [:]
    return params['vstrace-trace-id'] ?: params.TRACEPARENT ?: params.traceparent ?:
      (block.type == 'deploy' ? block.upstream : null)
  }

  @NonCPS
  private static Map parametersOf(Map block) {
    Map parameters = block.options.parameters ?: [:]
    Map all = block.type == 'deploy' && block.options.type ? [deploy_type: block.options.type] + parameters : parameters
    return all.isEmpty() ? null : all.collectEntries { name, value -> [(String.valueOf(name)): String.valueOf(value)] }
  }

  /** That of the pull request; else that of the checkout, where it is one of owner and name. */
  @NonCPS
  private static String repositoryOf(Map options, Map env) {
    if (options.repository) return String.valueOf(options.repository)
    java.util.regex.Matcher page = String.valueOf(env.CHANGE_URL) =~ PULL_REQUEST
    if (page.matches()) return page.group(1)
    java.util.regex.Matcher remote = String.valueOf(env.GIT_URL) =~ REMOTE
    return remote.matches() ? "${remote.group(1)}/${remote.group(2)}/${remote.group(3)}".toString() : null
  }

  @NonCPS
  private static Map present(Map said) {
    return said.findAll { name, value -> value != null && value != '' }
  }
}
