package io.initload.simulator.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The name that somebody who mistyped another most likely meant. */
public final class NearestName {
  private NearestName() {}

  /** {@code "; did you mean X?"}, or nothing when no name is near enough to be a slip. */
  public static String hint(String written, Collection<String> names) {
    return to(written, names).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private static Optional<String> to(String written, Collection<String> names) {
    String wanted = written.toLowerCase(Locale.ROOT);
    var distance = new LevenshteinDistance(Math.max(2, wanted.length() / 3));
    return names.stream()
        .map(name -> Map.entry(name, distance.apply(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(entry -> entry.getValue() >= 0 && entry.getValue() < wanted.length())
        .min(Comparator.comparing(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }
}
