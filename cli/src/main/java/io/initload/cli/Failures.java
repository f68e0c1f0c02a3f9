package io.initload.cli;

import io.initload.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/** Failures as JSON. */
final class Failures {
  private Failures() {}

  static Map<String, Object> json(Failure failure) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", failure.code());
    error.put("message", failure.getMessage());
    error.put("remedy", failure.remedy());
    return error;
  }
}
