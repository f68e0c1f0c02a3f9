package io.initload.config;

import io.initload.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Values of the source and what stands for them in the org, under a name that expressions use.
 *
 * @param keys how many values are looked up together
 * @param entries the value for each list of {@code keys} texts; an empty one stands for null
 * @param otherwise the value of what is not among them; empty where {@code unmapped} decides
 */
public record ValueMap(
    String name,
    int keys,
    Map<List<String>, String> entries,
    Optional<String> otherwise,
    Unmapped unmapped) {
  public ValueMap {
    entries = Map.copyOf(entries);
  }

  /** Tells the map from any other; short, however many entries there are. */
  String digest() {
    return name
        + " "
        + Sha256.of(otherwise.orElse("") + "\n" + otherwise.isPresent() + unmapped + sorted());
  }

  private String sorted() {
    return entries.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** What becomes of a value that a map does not have. */
  public enum Unmapped {
    /** Its row is held back. */
    FAIL,
    /** It stays as it is; for maps of one key. */
    KEEP,
    /** The result is null. */
    NULL
  }
}
