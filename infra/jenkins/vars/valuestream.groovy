import org.valuestream.Block

/**
 * Tells ValueStream of this run: valuestream { … }. Options: docs/jenkins.md.
 */
def call(Map options = [:], Closure body) {
  return new Block(this, options).aroundRun(body)
}
