package io.initload.cli.text;

import io.initload.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/** FailureJson as JSON. */
public final class FailureJson {
  private FailureJson() {}

  public static Map<String, Object> json(Failure failure) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", failure.code());
    error.put("message", failure.getMessage());
    error.put("remedy", failure.remedy());
    return error;
  }
}
