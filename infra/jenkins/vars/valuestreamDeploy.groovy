import org.valuestream.Block

/**
 * Tells ValueStream of a deploy: valuestreamDeploy(type: 'ami', environment: 'production') { … }. Options: docs/jenkins.md.
 */
def call(Map options = [:], Closure body) {
  return new Block(this, options).aroundDeploy(body)
}
