package io.initload.salesforce.wire;

import java.util.Map;

/**
 * A call to the org, before it has a session.
 *
 * @param path absolute path with query string on the instance
 * @param repeatable whether doing it twice is the same as doing it once
 */
public record Call(
    String method, String path, Map<String, String> headers, Upload body, boolean repeatable) {
  /** What we call ourselves. */
  static final String CLIENT = "initload";

  private static final String JSON = "application/json; charset=UTF-8";

  public static Call get(String path) {
    return new Call("GET", path, Map.of("Accept", "application/json"), Upload.NONE, true);
  }

  public static Call getCsv(String path) {
    return new Call("GET", path, Map.of("Accept", "text/csv"), Upload.NONE, true);
  }

  public static Call delete(String path) {
    return new Call("DELETE", path, Map.of("Accept", "application/json"), Upload.NONE, true);
  }

  /** A call with a JSON body whose lost reply leaves its effect in doubt. */
  public static Call once(String method, String path, String json) {
    return new Call(
        method,
        path,
        Map.of("Accept", "application/json", "Content-Type", JSON),
        Upload.text(json),
        false);
  }

  /** A call with a JSON body that may be made again: what it made twice does no harm. */
  public static Call post(String path, String json) {
    Call call = once("POST", path, json);
    return new Call(call.method(), call.path(), call.headers(), call.body(), true);
  }

  public static Call putCsv(String path, Upload body) {
    return new Call(
        "PUT",
        path,
        Map.of("Accept", "application/json", "Content-Type", "text/csv; charset=UTF-8"),
        body,
        false);
  }

  /** Method and path without the query string, which may hold data. */
  @Override
  public String toString() {
    int query = path.indexOf('?');
    return method + " " + (query < 0 ? path : path.substring(0, query));
  }
}
