package org.valuestream

import com.cloudbees.groovy.cps.NonCPS

/** How a block ended, in ValueStream's words: success, failure, timeout, cancellation or skip. */
class Outcome implements Serializable {
  private static final long serialVersionUID = 1L

  /** Jenkins's words. What is unstable was built all the same. */
  private static final Map<String, String> RESULTS = [
    SUCCESS: 'success', UNSTABLE: 'success', FAILURE: 'failure', ABORTED: 'cancellation', NOT_BUILT: 'skip',
  ]

  /** Whether it is Jenkins that ends the run: whoever catches it has to throw it on. */
  @NonCPS
  static boolean isInterruption(Throwable thrown) {
    return thrown.class.simpleName == 'FlowInterruptedException'
  }

  /** Of a block that has thrown. Interruptions are known by name, so that this needs none of Jenkins's classes. */
  @NonCPS
  static String ofThrown(Throwable thrown) {
    if (!isInterruption(thrown)) return 'failure'
    if (thrown.causes.any { it.class.simpleName == 'ExceededTimeout' }) return 'timeout'
    return RESULTS[String.valueOf(thrown.result)] ?: 'cancellation'
  }

  /** Of a block that has ended by itself: a step in it may have marked the run all the same, as `catchError` does. */
  @NonCPS
  static String ofResults(String before, String after) {
    return before == after ? 'success' : (RESULTS[after] ?: 'failure')
  }
}
