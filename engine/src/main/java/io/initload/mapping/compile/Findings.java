package io.initload.mapping.compile;

import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is found at one place of a mapping after the other. Not thread-safe. */
final class Findings {
  private final List<Finding> findings = new ArrayList<>();
  private String where = "";

  /** Names the place that all further findings belong to. */
  void at(String place) {
    where = place;
  }

  void error(String code, String message, String remedy) {
    add(Severity.ERROR, code, message, remedy);
  }

  void warning(String code, String message, String remedy) {
    add(Severity.WARNING, code, message, remedy);
  }

  private void add(Severity severity, String code, String message, String remedy) {
    boolean asks = message.endsWith("?.");
    String sentence = asks ? message.substring(0, message.length() - 1) : message;
    findings.add(new Finding(code, severity, where, sentence, remedy));
  }

  List<Finding> all() {
    return findings;
  }
}
