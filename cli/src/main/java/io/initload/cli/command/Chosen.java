package io.initload.cli.command;

import io.initload.Failure;
import io.initload.Nearest;
import io.initload.config.MigrationConfig;
import io.initload.config.SourceName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Names on the command line that must be in the configuration. */
public final class Chosen {
  private Chosen() {}

  /**
   * The names of tables.
   *
   * @throws Failure {@code USAGE} for a name that is not a table's
   */
  public static Set<String> tables(MigrationConfig config, List<String> wanted) {
    Set<String> names = new TreeSet<>();
    config.tables().forEach(t -> names.add(t.name()));
    return chosen("--table", wanted, names);
  }

  /**
   * @throws Failure {@code USAGE} for a name that is not a phase's
   */
  static Set<String> phases(MigrationConfig config, List<String> wanted) {
    return chosen("--phase", wanted, new TreeSet<>(config.phases()));
  }

  /**
   * The tables of waves.
   *
   * @throws Failure {@code USAGE} for a wave whose file is not given
   */
  static Set<String> waves(MigrationConfig config, List<Integer> wanted) {
    Set<String> numbers = new TreeSet<>();
    config.waves().forEach(wave -> numbers.add(Integer.toString(wave.number())));
    chosen("--wave", wanted.stream().map(n -> Integer.toString(n)).toList(), numbers);
    Set<String> tables = new TreeSet<>();
    config.waves().stream()
        .filter(wave -> wanted.contains(wave.number()))
        .forEach(wave -> tables.addAll(wave.tables()));
    return tables;
  }

  /**
   * A table of the source, which need not be in the configuration.
   *
   * @throws Failure {@code USAGE} for what is no name
   */
  static SourceName source(String option, String name) {
    try {
      return SourceName.parse(name);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          "%s %s %s.".formatted(option, name, e.getMessage()),
          "Name a table, with its schema where it has another one.");
    }
  }

  private static Set<String> chosen(String option, List<String> wanted, Set<String> known) {
    for (String one : wanted) {
      if (!known.contains(one)) {
        throw new Failure(
            Failure.Kind.CONFIGURATION,
            "USAGE",
            "%s %s is not in the configuration, which has: %s%s"
                .formatted(option, one, String.join(", ", known), Nearest.hint(one, known)),
            "Name one of them.");
      }
    }
    return Set.copyOf(wanted);
  }
}
