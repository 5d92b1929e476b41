// The library without a Jenkins. From the repository's root, with Groovy 2.4, which is Jenkins's own:
//   groovy -cp infra/jenkins/src:infra/jenkins/test/stubs infra/jenkins/test/LibraryTest.groovy
// With VALUESTREAM_EVENTS_URL and VALUESTREAM_EVENTS_SECRET set, it also reports a run with a deploy in it there.
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import groovy.json.JsonSlurperClassic
import org.valuestream.Block
import org.valuestream.Event
import org.valuestream.Outcome
import org.valuestream.Sender
import org.valuestream.Signature

class ExceededTimeout {}
class UserInterruption {}
class FlowInterruptedException extends Exception {
  String result
  List causes
}

here = new File(getClass().protectionDomain.codeSource.location.toURI()).parentFile
SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
passed = 0
failed = 0

def test(String name, Closure body) {
  try {
    body()
    passed++
  } catch (Throwable thrown) {
    failed++
    println "not ok: ${name}\n${thrown}"
  }
}

/** A receiver that answers as it is told, and keeps what came. */
class Receiver {
  List requests = Collections.synchronizedList([])
  HttpServer server = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
  Closure answer

  Receiver(Closure answer) {
    this.answer = answer
    server.executor = java.util.concurrent.Executors.newCachedThreadPool({ Runnable work ->
      Thread thread = new Thread(work)
      thread.daemon = true
      return thread
    } as java.util.concurrent.ThreadFactory)
    server.createContext('/') { HttpExchange exchange ->
      String body = exchange.requestBody.getText('UTF-8')
      requests << [headers: exchange.requestHeaders.collectEntries { k, v -> [k.toLowerCase(), v[0]] }, body: body]
      def (status, text) = answer(requests.size())
      byte[] bytes = text.getBytes('UTF-8')
      exchange.sendResponseHeaders(status, bytes.length)
      exchange.responseBody.write(bytes)
      exchange.close()
    }
    server.start()
  }

  String getUrl() { "http://127.0.0.1:${server.address.port}/events" }
  List said() { requests.collect { new JsonSlurperClassic().parseText(it.body) } }
}

recorded = { [202, "{\"outcome\":\"recorded\",\"activities\":[{\"traceparent\":\"${TRACEPARENT}\"}]}".toString()] }

/** Runs a step of the library as a Jenkinsfile does, on steps that only remember. */
def run(String step, Map options, Map more, Closure body) {
  def log = []
  def env = [
    BUILD_URL: 'https://ci.acme.com/job/shop/7/', BUILD_NUMBER: '7', JOB_NAME: 'shop', JOB_BASE_NAME: 'shop',
  ] + (more.env ?: [:])
  def currentBuild = [startTimeInMillis: 1790000000000L, currentResult: 'SUCCESS', upstreamBuilds: []]
  def binding = new Binding([
    env: env, params: more.params ?: [:], currentBuild: currentBuild,
    echo: { String line -> log << line },
    string: { Map binds -> binds },
    withEnv: { List pairs, Closure inner ->
      def before = new HashMap(env)
      pairs.each { String pair -> env[pair.split('=', 2)[0]] = pair.split('=', 2)[1] }
      try { return inner() } finally { env.clear(); env.putAll(before) }
    },
    withCredentials: { List binds, Closure inner ->
      if (binds[0].credentialsId != 'valuestream-events-secret') throw new RuntimeException('no such credential')
      env[binds[0].variable] = SECRET
      try { return inner() } finally { env.remove(binds[0].variable) }
    },
  ])
  def script = new GroovyShell(getClass().classLoader, binding).parse(new File(here.parentFile, "vars/${step}.groovy"))
  def outcome = [log: log, env: env]
  try {
    outcome.value = script.call(options, { body(env, currentBuild) })
  } catch (Throwable thrown) {
    outcome.thrown = thrown
  }
  return outcome
}

test('signs as Standard Webhooks has it') {
  def headers = Signature.headers(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')
  assert headers == [
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  ]
}

test('says nothing of a secret that has another form') {
  for (secret in ['hunter2', 'whsec_hunter2!', 'whsec_', null]) {
    try {
      Signature.headers(secret, 'a', 1, '')
      assert false
    } catch (IllegalArgumentException refused) {
      assert refused.message == 'the credential is not whsec_ and base64 after it'
    }
  }
}

new JsonSlurperClassic().parse(new File(here, 'cases.json')).each { one ->
  test("tells ${one.name}") {
    def block = one.block
    def body = one.result ? Event.finished(block, one.atMillis, one.result) : Event.started(block)
    assert new JsonSlurperClassic().parseText(body) == one.body
  }
}

test('makes an id that fits, whatever the job is called') {
  def env = [JOB_NAME: 'x' * 300, BUILD_NUMBER: '7']
  def body = Event.started([type: 'build', isRun: true, startedMillis: 1L, env: env, params: [:], options: [:]])
  assert new JsonSlurperClassic().parseText(body).id == 'x' * 198 + '#7'
}

test('knows how a block has ended') {
  def interrupted = { result, cause -> new FlowInterruptedException(result: result, causes: [cause]) }
  assert Outcome.ofThrown(new RuntimeException()) == 'failure'
  assert Outcome.ofThrown(interrupted('ABORTED', new UserInterruption())) == 'cancellation'
  assert Outcome.ofThrown(interrupted('ABORTED', new ExceededTimeout())) == 'timeout'
  assert Outcome.ofThrown(interrupted('NOT_BUILT', new UserInterruption())) == 'skip'
  assert Outcome.ofResults('SUCCESS', 'SUCCESS') == 'success'
  assert Outcome.ofResults('SUCCESS', 'UNSTABLE') == 'success'
  assert Outcome.ofResults('SUCCESS', 'FAILURE') == 'failure'
  assert Outcome.ofResults('FAILURE', 'FAILURE') == 'success'
}

test('takes a job for one that deploys as lib/jenkins does') {
  for (name in ['deploy', 'Deploy-shop', 'shop-deploy', 'deployments']) assert Block.isDeployJob('', null, name)
  for (name in ['shop', 'deployable', 'fix-deploy-x', 'redeploy']) assert !Block.isDeployJob('', null, name)
  assert Block.isDeployJob('deploy', 'main', 'main')
  assert !Block.isDeployJob('', 'deploy-button', 'deploy-button')
}

test('tells the start and the end of a run, and gives its trace to what is inside') {
  def receiver = new Receiver(recorded)
  def inside = null
  def outcome = run('valuestream', [:], [env: [VALUESTREAM_EVENTS_URL: receiver.url]]) { env, build ->
    inside = env.TRACEPARENT
    return 'made'
  }
  assert outcome.value == 'made'
  assert outcome.log == []
  assert inside == TRACEPARENT
  assert outcome.env.TRACEPARENT == null
  def (start, end) = receiver.said()
  assert start == [type: 'build', source: 'jenkins', id: 'shop#7', run: 'https://ci.acme.com/job/shop/7/', status: 'started', time: 1790000000000L]
  assert end.time > start.time
  assert end - [time: end.time] == start - [time: start.time] + [status: 'finished', started: 1790000000000L, result: 'success']
  for (request in receiver.requests) {
    def h = request.headers
    assert Signature.headers(SECRET, h['webhook-id'], Long.parseLong(h['webhook-timestamp']), request.body)['webhook-signature'] == h['webhook-signature']
  }
}

test('lets a failure through, and tells it') {
  def receiver = new Receiver(recorded)
  def failure = new RuntimeException('script returned exit code 1: hunter2')
  def outcome = run('valuestreamDeploy', [type: 'ami', environment: 'production'], [env: [VALUESTREAM_EVENTS_URL: receiver.url]]) { env, build ->
    throw failure
  }
  assert outcome.thrown.is(failure)
  assert receiver.said()*.status == ['started', 'finished']
  assert receiver.said()*.result == [null, 'failure']
  assert receiver.said()[1].parameters == [deploy_type: 'ami']
  assert receiver.said()[1].parent == 'https://ci.acme.com/job/shop/7/'
  assert !receiver.requests*.body.join().contains('hunter2')
}

test('takes the run itself for the deploy where its job deploys') {
  def receiver = new Receiver(recorded)
  run('valuestreamDeploy', [type: 'ami', environment: 'staging'], [env: [VALUESTREAM_EVENTS_URL: receiver.url, JOB_BASE_NAME: 'shop-deploy']]) { env, build -> }
  assert receiver.said()*.run == ['https://ci.acme.com/job/shop/7/'] * 2
}

test('goes by what a step has made of the run, where nothing was thrown') {
  def receiver = new Receiver(recorded)
  run('valuestream', [:], [env: [VALUESTREAM_EVENTS_URL: receiver.url]]) { env, build -> build.currentResult = 'FAILURE' }
  assert receiver.said()[1].result == 'failure'
}

test('tries a 503 once more, signed anew, and nothing that is refused for good') {
  def receiver = new Receiver({ count -> count == 1 ? [503, '{}'] : recorded() })
  run('valuestream', [:], [env: [VALUESTREAM_EVENTS_URL: receiver.url]]) { env, build -> }
  assert receiver.said()*.status == ['started', 'started', 'finished']
  assert receiver.requests*.headers*.get('webhook-id').unique().size() == 3
  def refusing = new Receiver({ [401, '{"outcome":"refused","reason":"no signature fits"}'] })
  def outcome = run('valuestream', [:], [env: [VALUESTREAM_EVENTS_URL: refusing.url]]) { env, build -> 1 }
  assert refusing.said()*.status == ['started', 'finished']
  assert outcome.value == 1
  assert outcome.log == ['valuestream: not told, and the build goes on: answered 401: no signature fits'] * 2
}

test('never fails a build: no receiver, no address, no credential, no answer') {
  def port = new ServerSocket(0).withCloseable { it.localPort }
  def silent = new ServerSocket(0)
  def ways = [
    [env: [VALUESTREAM_EVENTS_URL: "http://127.0.0.1:${port}/events".toString()]],
    [env: [:]],
    [env: [VALUESTREAM_EVENTS_URL: 'nowhere']],
    [env: [VALUESTREAM_EVENTS_URL: 'http://127.0.0.1:1/', VALUESTREAM_CREDENTIALS_ID: 'other']],
    [env: [VALUESTREAM_EVENTS_URL: "http://127.0.0.1:${silent.localPort}/".toString()]],
  ]
  for (way in ways) {
    def outcome = run('valuestream', [:], way) { env, build -> env.TRACEPARENT ?: 'made' }
    assert outcome.value == 'made'
    assert outcome.log.size() == 2
    assert outcome.log.every { it.startsWith('valuestream: not told, and the build goes on: ') }
    assert !outcome.log.join().contains(SECRET)
    println "  ${outcome.log[0]}"
  }
  silent.close()
}

/** Runs an example on steps that do nothing, and tells what was reported of it. */
def example(String name, Map more) {
  def receiver = new Receiver(recorded)
  def env = [VALUESTREAM_EVENTS_URL: receiver.url] + more.env
  def ran = []
  def block = { Object... arguments -> arguments[-1].call() }
  def nothing = { Object... arguments -> }
  def checkout = { scm -> [GIT_COMMIT: 'ec26c3e57ca3a959ca5aad62de7213c562f8c821', GIT_URL: 'https://github.com/acme/shop.git'] }
  def all = [
    env: [BUILD_URL: 'https://ci.acme.com/job/shop/7/', BUILD_NUMBER: '7', JOB_NAME: 'shop', JOB_BASE_NAME: 'shop'] + env,
    params: more.params ?: [:], scm: null, currentBuild: [startTimeInMillis: 1790000000000L, currentResult: 'SUCCESS'],
    checkout: checkout, sh: { String command -> ran << command }, any: null, agent: nothing, echo: nothing,
  ]
  for (step in ['node', 'stage', 'timeout', 'pipeline', 'stages', 'steps']) all[step] = block
  all.parameters = nothing
  all.withEnv = { List pairs, Closure inner -> inner() }
  all.string = { Map binds -> binds }
  all.withCredentials = { List binds, Closure inner ->
    all.env.VALUESTREAM_SECRET = SECRET
    inner()
  }
  def binding = new Binding(all)
  def shell = new GroovyShell(getClass().classLoader, binding)
  for (step in ['valuestream', 'valuestreamDeploy']) {
    def script = shell.parse(new File(here.parentFile, "vars/${step}.groovy"))
    all[step] = { Object... arguments -> script.call(*arguments) }
    binding.setVariable(step, all[step])
  }
  shell.evaluate(new File(here.parentFile, "examples/${name}.Jenkinsfile"))
  assert !ran.isEmpty()
  return receiver.said().findAll { it.status == 'finished' }.collect {
    [it.type, it.environment, it.parameters?.deploy_type, it.run, it.commit?.take(7)]
  }
}

test('has examples that run') {
  assert example('ami', [env: [BRANCH_NAME: 'main']]) == [
    ['deploy', 'production', 'ami', null, 'ec26c3e'], ['build', null, null, 'https://ci.acme.com/job/shop/7/', 'ec26c3e'],
  ]
  assert example('container', [env: [BRANCH_NAME: 'main']]) == [
    ['deploy', 'staging', 'container', null, 'ec26c3e'], ['deploy', 'production', 'container', null, 'ec26c3e'],
    ['build', null, null, 'https://ci.acme.com/job/shop/7/', 'ec26c3e'],
  ]
  assert example('mutable', [env: [JOB_BASE_NAME: 'shop-deploy'], params: [environment: 'staging']]) == [
    ['deploy', 'staging', 'mutable', 'https://ci.acme.com/job/shop/7/', null],
  ]
}

test('gives no step what looks like no traceparent') {
  assert Sender.outcome(202, '{"activities":[{"traceparent":"$(reboot)"}]}') == [problem: 'nothing was recorded: no reason was given']
  assert Sender.outcome(202, '{"outcome":"ignored","reason":"so it is"}') == [problem: 'nothing was recorded: so it is']
  assert Sender.outcome(202, 'no JSON') == [problem: 'nothing was recorded: no reason was given']
}

if (System.getenv('VALUESTREAM_EVENTS_URL')) {
  test('is recorded by a real receiver') {
    SECRET = System.getenv('VALUESTREAM_EVENTS_SECRET')
    def env = [VALUESTREAM_EVENTS_URL: System.getenv('VALUESTREAM_EVENTS_URL'), CHANGE_ID: '34', CHANGE_URL: 'https://github.com/acme/shop/pull/34']
    def inside = null
    def outcome = run('valuestream', [:], [env: env]) { seen, build ->
      inside = seen.TRACEPARENT
      run('valuestreamDeploy', [type: 'ami', environment: 'production'], [env: env]) { deep, deepBuild -> println "  deploy ${deep.TRACEPARENT}" }
    }
    println "  build  ${inside}"
    assert outcome.log == []
    assert inside ==~ /00-[0-9a-f]{32}-[0-9a-f]{16}-01/
  }
}

println "${passed} passed, ${failed} failed"
System.exit(failed == 0 ? 0 : 1)
