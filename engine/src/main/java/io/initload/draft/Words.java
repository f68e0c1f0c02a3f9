package io.initload.draft;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What names of tables, columns, objects and fields say, whatever their spelling. */
final class Words {
  private static final Pattern PIECE =
      Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\\x00-\\x7F]+");
  private static final Pattern CUSTOM =
      Pattern.compile("(?:[A-Za-z][A-Za-z0-9]{0,14}__)?(.+?)__(c|r)", Pattern.CASE_INSENSITIVE);

  private Words() {}

  /** The name of an object or field without what marks it as custom, and its namespace. */
  static String bare(String apiName) {
    var custom = CUSTOM.matcher(apiName);
    return custom.matches() ? custom.group(1) : apiName;
  }

  /** Letters and digits alone, in lower case. */
  static String squashed(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_\\-.$#]", "");
  }

  /** The words of a name: in the singular, in full, in lower case. */
  static List<String> of(String name) {
    List<String> words = new ArrayList<>();
    PIECE
        .matcher(name)
        .results()
        .map(piece -> singular(piece.group().toLowerCase(Locale.ROOT)))
        .map(word -> Vocabulary.SHORT.getOrDefault(word, word))
        .forEach(words::add);
    return words;
  }

  /** The words without those of the thing that it belongs to, where these stand before others. */
  static List<String> within(List<String> words, List<String> owner) {
    int length = owner.size();
    boolean prefixed = words.size() > length && words.subList(0, length).equals(owner);
    return prefixed ? words.subList(length, words.size()) : words;
  }

  /** The words without those at the end that say only that something is named. */
  static List<String> stem(List<String> words) {
    int end = words.size();
    while (end > 1 && Vocabulary.NAMING.contains(words.get(end - 1))) {
      end--;
    }
    return words.subList(0, end);
  }

  /** What the words mean, in no order: of those that mean the same always one. */
  static Set<String> meaning(List<String> words) {
    String text = " " + String.join(" ", words) + " ";
    for (Map.Entry<String, String> same : Vocabulary.SAME) {
      text = text.replace(" " + same.getKey() + " ", " " + same.getValue() + " ");
    }
    Set<String> meaning = new LinkedHashSet<>(List.of(text.strip().split(" ", -1)));
    meaning.removeAll(Vocabulary.EMPTY);
    return meaning;
  }

  private static String singular(String word) {
    if (word.length() < 4 || word.matches(".*(ss|us|is)")) {
      return word;
    }
    if (word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.matches(".*(sses|uses|xes|ches|shes)")) {
      return word.substring(0, word.length() - 2);
    }
    return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
  }
}
