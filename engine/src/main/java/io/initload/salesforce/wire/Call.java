package io.initload.salesforce.wire;

import io.initload.Audit;
import java.util.Map;
import java.util.Optional;

/**
 * A call to the org, before it has a session.
 *
 * @param path absolute path with query string on the instance
 * @param repeatable whether doing it twice is the same as doing it once
 * @param audited what the audit log says of it; empty of a mere look alone
 */
public record Call(
    String method,
    String path,
    Map<String, String> headers,
    Upload body,
    boolean repeatable,
    Optional<Audited> audited) {
  private static final String LOOK = "GET";

  public Call {
    if (audited.isEmpty() && !method.equals(LOOK)) {
      throw new IllegalArgumentException(method + " " + path + " would not be audited");
    }
  }

  /** What we call ourselves. */
  static final String CLIENT = "initload";

  private static final String JSON = "application/json; charset=UTF-8";

  public static Call get(String path) {
    return look(path, "application/json");
  }

  public static Call getCsv(String path) {
    return look(path, "text/csv");
  }

  private static Call look(String path, String form) {
    return new Call(LOOK, path, Map.of("Accept", form), Upload.NONE, true, Optional.empty());
  }

  public static Call delete(String path, Audited audited) {
    return new Call(
        "DELETE",
        path,
        Map.of("Accept", "application/json"),
        Upload.NONE,
        true,
        Optional.of(audited));
  }

  /** Any call, made once. */
  public static Call any(String method, String path, Map<String, String> headers, Upload body) {
    Optional<Audited> audited =
        method.equals(LOOK)
            ? Optional.empty()
            : Optional.of(new Audited(Audit.Act.ORG_CALL, shown(method, path)));
    return new Call(method, path, headers, body, false, audited);
  }

  /** A call with a JSON body whose lost reply leaves its effect in doubt. */
  public static Call once(String method, String path, String json, Audited audited) {
    return new Call(
        method,
        path,
        Map.of("Accept", "application/json", "Content-Type", JSON),
        Upload.text(json),
        false,
        Optional.of(audited));
  }

  /** A call with a JSON body that may be made again: what it made twice does no harm. */
  public static Call post(String path, String json, Audited audited) {
    Call call = once("POST", path, json, audited);
    return new Call(call.method(), call.path(), call.headers(), call.body(), true, call.audited());
  }

  public static Call putCsv(String path, Upload body, Audited audited) {
    return new Call(
        "PUT",
        path,
        Map.of("Accept", "application/json", "Content-Type", "text/csv; charset=UTF-8"),
        body,
        false,
        Optional.of(audited));
  }

  /** Method and path without the query string, which may hold data. */
  @Override
  public String toString() {
    return shown(method, path);
  }

  private static String shown(String method, String path) {
    int query = path.indexOf('?');
    return method + " " + (query < 0 ? path : path.substring(0, query));
  }
}
