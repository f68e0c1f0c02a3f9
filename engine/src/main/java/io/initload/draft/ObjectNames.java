package io.initload.draft;

import io.initload.config.SourceName;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the names of a table and an object say of whether its rows may go there. */
final class ObjectNames {
  private static final Reason SAME = new Reason(Confidence.CERTAIN, "the same name");
  private static final Reason SCHEMA = new Reason(Confidence.CERTAIN, "named by schema and table");
  private static final Reason SPELLING =
      new Reason(Confidence.LIKELY, "the same name in another spelling");
  private static final Reason MEANING =
      new Reason(Confidence.POSSIBLE, "objects of this name hold such rows");
  private static final Reason PART =
      new Reason(Confidence.POSSIBLE, "one name is within the other");

  private ObjectNames() {}

  /** Of these objects those that may be meant by one of these tables: the others need no look. */
  public static Set<String> candidates(List<SourceName> tables, List<String> objects) {
    Set<String> found = new TreeSet<>();
    for (String object : objects) {
      if (tables.stream().anyMatch(table -> compare(table, object).isPresent())) {
        found.add(object);
      }
    }
    return found;
  }

  static Optional<Reason> compare(SourceName table, String object) {
    String bare = Words.bare(object);
    String name = Words.squashed(table.table());
    if (name.equals(Words.squashed(bare))) {
      return Optional.of(SAME);
    }
    if (Words.squashed(table.owner() + table.table()).equals(Words.squashed(bare))) {
      return Optional.of(SCHEMA);
    }
    List<String> ofTable = Words.of(table.table());
    List<String> ofObject = Words.of(bare);
    ofObject = object.equals("Product2") ? List.of("product") : ofObject;
    if (String.join("", ofTable).equals(String.join("", ofObject))) {
      return Optional.of(SPELLING);
    }
    String words = String.join(" ", ofTable);
    if (Vocabulary.OBJECTS.getOrDefault(object, Set.of()).contains(words)) {
      return Optional.of(MEANING);
    }
    return within(ofTable, ofObject) ? Optional.of(PART) : Optional.empty();
  }

  /** All words of the shorter name are in the longer one. */
  private static boolean within(List<String> table, List<String> object) {
    Set<String> less = new HashSet<>(table.size() < object.size() ? table : object);
    List<String> more = table.size() < object.size() ? object : table;
    return !Collections.disjoint(less, more) && new HashSet<>(more).containsAll(less);
  }
}
