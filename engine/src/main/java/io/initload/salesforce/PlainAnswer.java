package io.initload.salesforce;

import io.initload.salesforce.wire.Call;
import io.initload.salesforce.wire.RestClient;
import io.initload.salesforce.wire.Upload;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer of which nothing is made.
 *
 * @param headers the first value of each, by names in lower case
 */
public record PlainAnswer(int status, Map<String, String> headers, String body) {
  /** No answer that is looked at so is longer. */
  private static final int BYTES_MAX = 1_000_000;

  public PlainAnswer {
    headers = Map.copyOf(headers);
  }

  static PlainAnswer to(
      RestClient calls, String method, String path, String contentType, boolean gzip, String body)
      throws InterruptedException {
    Map<String, String> headers = new HashMap<>(Map.of("Accept", "*/*"));
    if (!contentType.isEmpty()) {
      headers.put("Content-Type", contentType + "; charset=UTF-8");
    }
    Call call = Call.any(method, path, headers, upload(contentType, gzip, body));
    return calls.plainly(
        call,
        answer -> {
          Map<String, String> first = new HashMap<>();
          answer.headers().keySet().forEach(n -> answer.header(n).ifPresent(v -> first.put(n, v)));
          String text = new String(answer.body().readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
          return new PlainAnswer(answer.status(), first, text);
        });
  }

  private static Upload upload(String contentType, boolean gzip, String body) {
    if (contentType.isEmpty()) {
      return Upload.NONE;
    }
    return gzip ? Upload.packed(body) : Upload.text(body);
  }
}
