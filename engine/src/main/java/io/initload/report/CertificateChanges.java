package io.initload.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What differs between two documents of one certificate. */
public final class CertificateChanges {
  /** What is another one each time. */
  private static final Set<String> PASSING =
      Set.of(
          "digest",
          "madeAt",
          "snapshotNow",
          "provenance.audit.hash",
          "provenance.audit.lines",
          "provenance.build",
          "provenance.by",
          "provenance.tool");

  /** What parts of a list are known by, before their place. */
  private static final List<String> NAMES = List.of("name", "source", "object", "table", "code");

  /** More are not listed. */
  public static final int SHOWN = 1_000;

  private final List<Change> changes = new ArrayList<>();

  private CertificateChanges() {}

  /**
   * A value that is another one.
   *
   * @param where names of members down to it
   * @param then as the first document has it; empty where it has none
   * @param now as the second one does
   */
  public record Change(String where, String then, String now) {}

  /** The first thousand of them, in the order of the members' names. */
  public static List<Change> between(JsonNode then, JsonNode now) {
    CertificateChanges found = new CertificateChanges();
    found.compare("", then, now);
    return List.copyOf(found.changes);
  }

  private void compare(String where, JsonNode then, JsonNode now) {
    if (PASSING.contains(where) || changes.size() == SHOWN) {
      return;
    }
    if (then.isObject() && now.isObject()) {
      Set<String> names = new TreeSet<>();
      then.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (!then.has(name)) {
          continue; // A version that did not have it yet: members are added within a schema.
        }
        compare(where.isEmpty() ? name : where + "." + name, then.path(name), now.path(name));
      }
    } else if (then.isArray() && now.isArray()) {
      for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
        compare(where + "[" + label(i, then.path(i), now.path(i)) + "]", then.path(i), now.path(i));
      }
    } else if (!same(then, now)) {
      changes.add(new Change(where, text(then), text(now)));
    }
  }

  private static boolean same(JsonNode then, JsonNode now) {
    if (then.isNumber() && now.isNumber()) {
      return then.decimalValue().compareTo(now.decimalValue()) == 0;
    }
    return then.equals(now);
  }

  private static String label(int place, JsonNode then, JsonNode now) {
    JsonNode any = now.isMissingNode() ? then : now;
    return NAMES.stream()
        .filter(any::hasNonNull)
        .map(name -> any.path(name).asText())
        .findFirst()
        .orElse(String.valueOf(place));
  }

  private static String text(JsonNode node) {
    return node.isValueNode() ? node.asText() : node.isMissingNode() ? "" : node.toString();
  }
}
