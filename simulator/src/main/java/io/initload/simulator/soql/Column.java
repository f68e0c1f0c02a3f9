package io.initload.simulator.soql;

import java.util.List;

/**
 * One column of an answer.
 *
 * @param path relationship names and the field name as described ({@code [Account, Name]}), or the
 *     one alias of an aggregate
 * @param kind how its values are printed
 */
public record Column(List<String> path, FieldKind kind) {
  public Column {
    path = List.copyOf(path);
  }

  /** {@code Account.Name}. */
  public String name() {
    return String.join(".", path);
  }
}
