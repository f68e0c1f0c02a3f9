package io.initload.staging;

import java.util.ArrayList;
import java.util.List;

/** What happened to the values of one record on their way, and why it cannot be staged, if so. */
final class RowAccount {
  /** The code of what no rule of a field decides. */
  static final String UNSTAGEABLE = "UNSTAGEABLE";

  private final List<Alteration> alterations = new ArrayList<>();
  private String problem = "";
  private String problemCode = "";

  void clear() {
    alterations.clear();
    problem = "";
    problemCode = "";
  }

  void altered(int field, String code) {
    Alteration now = new Alteration(field, code);
    if (!alterations.contains(now)) {
      alterations.add(now);
    }
  }

  /** Only the first reason is kept. */
  void unstageable(String code, String why) {
    if (problem.isEmpty()) {
      problem = why;
      problemCode = code;
    }
  }

  List<Alteration> alterations() {
    return alterations.isEmpty() ? List.of() : List.copyOf(alterations);
  }

  /** Empty when the record can be staged. */
  String problem() {
    return problem;
  }

  /** Empty when there is no problem. */
  String problemCode() {
    return problemCode;
  }
}
