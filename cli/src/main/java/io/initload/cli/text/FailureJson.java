package io.initload.cli.text;

import io.initload.Failure;

/** A failure as JSON tells it. */
public record FailureJson(String code, String message, String remedy) {
  public static FailureJson json(Failure failure) {
    return new FailureJson(failure.code(), String.valueOf(failure.getMessage()), failure.remedy());
  }
}
