// Steps of a Pipeline that suspend the program where Jenkins's do, and otherwise only remember. `url`, `log` and `more` are
// given from outside, `library` holds the two steps of the library.
import com.cloudbees.groovy.cps.Continuable

env = [BUILD_URL: 'https://ci.acme.com/job/shop/7/', BUILD_NUMBER: '7', JOB_NAME: 'shop', JOB_BASE_NAME: 'shop', VALUESTREAM_EVENTS_URL: url] + more
params = [:]
currentBuild = [startTimeInMillis: 1790000000000L, currentResult: 'SUCCESS', upstreamBuilds: []]
echo = { line -> log << line }
string = { binds -> binds }
sh = { command -> Continuable.suspend(command) }
withEnv = { pairs, inner ->
  def before = new HashMap(env)
  for (pair in pairs) {
    env[pair.split('=', 2)[0]] = pair.split('=', 2)[1]
  }
  try {
    Continuable.suspend('withEnv')
    return inner()
  } finally {
    env.clear()
    env.putAll(before)
  }
}
withCredentials = { binds, inner ->
  Continuable.suspend('withCredentials')
  if (binds[0].credentialsId != 'valuestream-events-secret') {
    throw new RuntimeException('no such credential')
  }
  env[binds[0].variable] = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  try {
    return inner()
  } finally {
    env.remove(binds[0].variable)
  }
}
valuestream = { body -> library.valuestream.call([:], body) }
valuestreamDeploy = { options, body -> library.valuestreamDeploy.call(options, body) }
