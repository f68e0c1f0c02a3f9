package io.initload.pipeline.work;

import io.initload.mapping.Rendering;
import io.initload.mapping.RowMapping;
import io.initload.mapping.RowMapping.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes external ids apart into the texts of the columns that they were made of. Immutable. */
public final class KeyTexts {
  private final Pattern shortest;
  private final Pattern longest;
  private final boolean texts;

  /**
   * @param key the mapping of the external id alone
   */
  public KeyTexts(RowMapping key) {
    this.shortest = pattern(key, "(.+?)");
    this.longest = pattern(key, "(.+)");
    this.texts =
        key.reads().stream()
            .allMatch(r -> r.rendering() == Rendering.TEXT || r.rendering() == Rendering.NUMBER);
  }

  private static Pattern pattern(RowMapping key, String value) {
    StringBuilder regex = new StringBuilder();
    for (Piece piece : key.fields().get(0)) {
      regex.append(piece instanceof Piece.Text text ? Pattern.quote(text.text()) : value);
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** The texts in the order of the key's columns; empty where there are several ways or none. */
  public Optional<List<String>> of(String externalId) {
    Optional<List<String>> one = groups(shortest.matcher(externalId));
    return texts && one.equals(groups(longest.matcher(externalId))) ? one : Optional.empty();
  }

  private static Optional<List<String>> groups(Matcher matcher) {
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      groups.add(matcher.group(i));
    }
    return Optional.of(groups);
  }
}
