package org.valuestream

import com.cloudbees.groovy.cps.NonCPS
import java.nio.charset.StandardCharsets
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/** Signs as Standard Webhooks describes it: https://www.standardwebhooks.com */
class Signature implements Serializable {
  private static final long serialVersionUID = 1L

  /**
   * The three headers of a request. Each attempt is signed anew, since a signature holds for five minutes.
   *
   * @param secret whsec_ and the key in base64
   * @param id of the attempt, without a full stop
   * @param body as it is sent, byte for byte in UTF-8
   * @throws IllegalArgumentException when the secret has another form; the message holds nothing of it
   */
  @NonCPS
  static Map<String, String> headers(String secret, String id, long atSeconds, String body) {
    Mac mac = Mac.getInstance('HmacSHA256')
    mac.init(new SecretKeySpec(keyOf(secret), 'HmacSHA256'))
    byte[] signature = mac.doFinal("${id}.${atSeconds}.${body}".toString().getBytes(StandardCharsets.UTF_8))
    return [
      'webhook-id'       : id,
      'webhook-timestamp': String.valueOf(atSeconds),
      'webhook-signature': 'v1,' + Base64.encoder.encodeToString(signature),
    ]
  }

  @NonCPS
  private static byte[] keyOf(String secret) {
    String text = secret == null ? '' : secret.trim()
    try {
      byte[] key = Base64.decoder.decode(text.startsWith('whsec_') ? text.substring('whsec_'.length()) : '')
      if (key.length > 0) return key
    } catch (IllegalArgumentException ignored) {
      // What it says quotes the secret.
    }
    throw new IllegalArgumentException('the credential is not whsec_ and base64 after it')
  }
}
