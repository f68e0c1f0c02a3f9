package io.initload.draft;

import io.initload.source.TableShape.ForeignKey;
import java.util.List;

/** Whether a lookup is called like a foreign key. */
final class LookupNames {
  private LookupNames() {}

  /** Whether both are called the same, but for the end that says that something is named. */
  static boolean called(ForeignKey key, String field) {
    return stem(key).equals(Words.stem(Words.of(Words.bare(field))));
  }

  /** Whether the words of one are among those of the other. */
  static boolean partly(ForeignKey key, String field) {
    List<String> ofKey = stem(key);
    List<String> ofField = Words.stem(Words.of(Words.bare(field)));
    return ofKey.containsAll(ofField) || ofField.containsAll(ofKey);
  }

  /** Of several columns the parent's name tells more than theirs. */
  private static List<String> stem(ForeignKey key) {
    return Words.stem(
        Words.of(key.columns().size() == 1 ? key.columns().get(0) : key.parent().table()));
  }
}
