package org.valuestream

import com.cloudbees.groovy.cps.NonCPS
import groovy.json.JsonSlurperClassic
import java.nio.charset.StandardCharsets
import java.util.concurrent.Callable
import java.util.concurrent.ExecutionException
import java.util.concurrent.FutureTask
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/** Posts one event. It holds a build for no longer than {@link #LONGEST_MILLIS}, and never throws. */
class Sender implements Serializable {
  private static final long serialVersionUID = 1L

  static final int TRIES = 2
  static final int LONGEST_MILLIS = 5000
  private static final int LARGEST_ANSWER_BYTES = 64 * 1024
  private static final String TRACEPARENT = '00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}'

  /** @return `traceparent` where it was recorded, and otherwise `problem`, one sentence without a secret */
  @NonCPS
  static Map<String, String> post(String url, String secret, String body) {
    long deadlineMillis = System.currentTimeMillis() + LONGEST_MILLIS
    Map<String, String> answer = [:]
    for (int attempt = 0; attempt < TRIES; attempt++) {
      answer = withinTime(url, secret, body, deadlineMillis - System.currentTimeMillis())
      if (answer.again != 'yes') break
    }
    return answer.findAll { name, value -> name != 'again' }
  }

  /** In a thread of its own: the timeouts of a connection do not count the time in which a name is looked up. */
  @NonCPS
  private static Map<String, String> withinTime(String url, String secret, String body, long leftMillis) {
    FutureTask<Map<String, String>> task = new FutureTask<>({ -> exchange(url, secret, body) } as Callable)
    Thread thread = new Thread(task, 'valuestream')
    thread.daemon = true
    thread.start()
    try {
      return task.get(Math.max(1L, leftMillis), TimeUnit.MILLISECONDS)
    } catch (TimeoutException ignored) {
      task.cancel(true)
      return [problem: 'no answer in time']
    } catch (ExecutionException failed) {
      boolean isNetwork = failed.cause instanceof IOException && !(failed.cause instanceof MalformedURLException)
      return [problem: "${failed.cause.class.simpleName}: ${failed.cause.message}".toString(), again: isNetwork ? 'yes' : 'no']
    }
  }

  @NonCPS
  private static Map<String, String> exchange(String url, String secret, String body) {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection()
    try {
      connection.connectTimeout = LONGEST_MILLIS
      connection.readTimeout = LONGEST_MILLIS
      // Another address would get what was signed for this one.
      connection.instanceFollowRedirects = false
      connection.requestMethod = 'POST'
      connection.doOutput = true
      connection.setRequestProperty('content-type', 'application/json')
      String id = UUID.randomUUID().toString()
      long atSeconds = System.currentTimeMillis().intdiv(1000)
      Signature.headers(secret, id, atSeconds, body).each { name, value -> connection.setRequestProperty(name, value) }
      connection.outputStream.withCloseable { it.write(body.getBytes(StandardCharsets.UTF_8)) }
      int status = connection.responseCode
      return outcome(status, text(status < 400 ? connection.inputStream : connection.errorStream))
    } finally {
      connection.disconnect()
    }
  }

  @NonCPS
  private static String text(InputStream stream) {
    if (stream == null) return ''
    ByteArrayOutputStream bytes = new ByteArrayOutputStream()
    byte[] buffer = new byte[8192]
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      if (bytes.size() + read > LARGEST_ANSWER_BYTES) return ''
      bytes.write(buffer, 0, read)
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8)
  }

  /** What an answer tells: docs/events.md. */
  @NonCPS
  static Map<String, String> outcome(int status, String text) {
    Map said = objectIn(text)
    if (status == 202) {
      Object traceparent = (said.activities instanceof List && said.activities) ? said.activities[0].traceparent : null
      return String.valueOf(traceparent).matches(TRACEPARENT)
        ? [traceparent: (String) traceparent]
        : [problem: "nothing was recorded: ${said.reason ?: 'no reason was given'}".toString()]
    }
    String again = status == 429 || status >= 500 ? 'yes' : 'no'
    return [problem: "answered ${status}${said.reason ? ': ' + said.reason : ''}".toString(), again: again]
  }

  @NonCPS
  private static Map objectIn(String text) {
    try {
      Object parsed = new JsonSlurperClassic().parseText(text)
      return parsed instanceof Map ? (Map) parsed : [:]
    } catch (Exception ignored) {
      return [:]
    }
  }
}
