package io.initload.draft;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Ways in which the names of a column and a field say that they are one, the strongest first. */
enum NameRule {
  SAME(Confidence.CERTAIN, "the same name"),
  SPELLING(Confidence.LIKELY, "the same name in another spelling"),
  MEANING(Confidence.LIKELY, "names that mean the same"),
  TITLE(Confidence.LIKELY, "what rows of this table are called"),
  PART(Confidence.POSSIBLE, "one name is within the other, and the types fit");

  private final Confidence confidence;
  private final String text;

  NameRule(Confidence confidence, String text) {
    this.confidence = confidence;
    this.text = text;
  }

  Reason reason() {
    return new Reason(confidence, text);
  }

  /**
   * Whether it holds.
   *
   * @param table the words of the table
   * @param object the words of the object
   */
  boolean holds(String column, List<String> table, String field, List<String> object) {
    String bare = Words.bare(field);
    List<String> ofColumn = Words.within(Words.of(column), table);
    List<String> ofField = Words.within(Words.of(bare), object);
    return switch (this) {
      case SAME -> Words.squashed(column).equals(Words.squashed(bare));
      case SPELLING ->
          joined(Words.of(column)).equals(joined(Words.of(bare)))
              || joined(ofColumn).equals(joined(ofField));
      case MEANING -> Words.meaning(ofColumn).equals(Words.meaning(ofField));
      case TITLE -> field.equals("Name") && title(ofColumn, table);
      case PART -> within(ofColumn, ofField) || within(ofField, ofColumn);
    };
  }

  private static boolean title(List<String> column, List<String> table) {
    return column.equals(table)
        || (column.size() == 1 && Vocabulary.TITLES.contains(column.get(0)));
  }

  /** What both are about is the last word of each. */
  private static boolean within(List<String> part, List<String> whole) {
    Set<String> less = Words.meaning(part);
    Set<String> more = Words.meaning(whole);
    return !Collections.disjoint(Words.meaning(last(part)), Words.meaning(last(whole)))
        && more.containsAll(less);
  }

  private static List<String> last(List<String> words) {
    return words.isEmpty() ? words : words.subList(words.size() - 1, words.size());
  }

  private static String joined(List<String> words) {
    return String.join("", words);
  }
}
