// The library as Jenkins runs it: transformed by Jenkins's own engine for Pipelines, which can suspend a program in the
// middle, and written down at every such moment. From the repository's root, with Groovy 2.4:
//   mvn dependency:get -Dartifact=com.cloudbees:groovy-cps:1.31 -Dtransitive=false
//   mvn dependency:get -Dartifact=com.google.guava:guava:11.0.1 -Dtransitive=false
//   cd ~/.m2/repository && jars=$PWD/com/cloudbees/groovy-cps/1.31/groovy-cps-1.31.jar:$PWD/com/google/guava/guava/11.0.1/guava-11.0.1.jar; cd -
//   groovy -cp "$jars" infra/jenkins/test/CpsTest.groovy
import com.cloudbees.groovy.cps.Continuable
import com.cloudbees.groovy.cps.Continuation
import com.cloudbees.groovy.cps.CpsTransformer
import com.cloudbees.groovy.cps.SerializableScript
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import groovy.json.JsonSlurperClassic
import org.codehaus.groovy.control.CompilerConfiguration

here = new File(getClass().protectionDomain.codeSource.location.toURI()).parentFile
TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
said = Collections.synchronizedList([])
server = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
server.createContext('/') { HttpExchange exchange ->
  said << new JsonSlurperClassic().parseText(exchange.requestBody.getText('UTF-8'))
  byte[] bytes = "{\"activities\":[{\"traceparent\":\"${TRACEPARENT}\"}]}".toString().getBytes('UTF-8')
  exchange.sendResponseHeaders(202, bytes.length)
  exchange.responseBody.write(bytes)
  exchange.close()
}
server.start()
passed = 0
failed = 0

/** Runs a Pipeline to its end: its value or what it has thrown, what it has logged, and how often it was suspended. */
def run(String pipeline, Map more = [:]) {
  def configuration = new CompilerConfiguration(scriptBaseClass: SerializableScript.name)
  configuration.addCompilationCustomizers(new CpsTransformer())
  def loader = new GroovyClassLoader(getClass().classLoader, configuration)
  loader.addClasspath(new File(here.parentFile, 'src').path)
  def binding = new Binding([url: "http://127.0.0.1:${server.address.port}/".toString(), log: [], more: more])
  def shell = new GroovyShell(loader, binding, configuration)
  binding.setVariable('library', ['valuestream', 'valuestreamDeploy'].collectEntries {
    [(it): shell.parse(new File(here.parentFile, "vars/${it}.groovy"))]
  })
  def script = shell.parse(new File(here, 'CpsSteps.groovy').text + pipeline)
  def outcome = [log: binding.log, suspended: 0]
  said.clear()
  try {
    script.run()
    assert false: 'the script was not transformed'
  } catch (CpsCallableInvocation invocation) {
    def program = new Continuable(invocation.invoke(null, null, Continuation.HALT))
    try {
      outcome.value = program.run(null)
      while (program.resumable) {
        outcome.suspended++
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(program)
        outcome.value = program.run(null)
      }
    } catch (java.lang.reflect.InvocationTargetException thrown) {
      outcome.thrown = thrown.cause
    }
  }
  return outcome
}

def test(String name, Closure body) {
  try {
    body()
    passed++
  } catch (Throwable thrown) {
    failed++
    println "not ok: ${name}\n${thrown}"
  }
}

test('tells of a run that is suspended in the middle, and gives its trace to what is inside') {
  def outcome = run('valuestream { sh("make"); return env.TRACEPARENT }')
  assert outcome == [log: [], suspended: 4, value: TRACEPARENT]
  assert said*.status == ['started', 'finished']
  assert said*.result == [null, 'success']
}

test('tells of a deploy in a run, and lets what it throws through both') {
  def outcome = run('valuestream { valuestreamDeploy(type: "ami", environment: "production") { sh("x"); throw new IOException("no") } }')
  assert outcome.thrown instanceof IOException
  assert said.collect { [it.type, it.status, it.result] } == [
    ['build', 'started', null], ['deploy', 'started', null], ['deploy', 'finished', 'failure'], ['build', 'finished', 'failure'],
  ]
}

test('lets a Pipeline catch what a block has thrown') {
  def outcome = run('try { valuestream { throw new IOException("no") } } catch (IOException e) { return e.message }')
  assert outcome.value == 'no'
}

test('never fails a build') {
  def ways = [[VALUESTREAM_EVENTS_URL: 'http://127.0.0.1:1/'], [VALUESTREAM_EVENTS_URL: ''], [VALUESTREAM_CREDENTIALS_ID: 'none']]
  for (more in ways) {
    def outcome = run('valuestream { sh("make"); return "made" }', more)
    assert outcome.value == 'made'
    assert outcome.log.size() == 2
  }
}

println "${passed} passed, ${failed} failed"
System.exit(failed == 0 ? 0 : 1)
