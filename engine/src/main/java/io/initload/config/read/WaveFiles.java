package io.initload.config.read;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.MigrationConfig.Wave;
import io.initload.config.SourceUrls;
import io.initload.config.TableConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the files of a migration's waves, and makes one configuration of them. Stateless. */
public final class WaveFiles {
  private WaveFiles() {}

  /**
   * Reads and checks them.
   *
   * @param files at least one
   * @param environment where {@code ${NAME}} is looked up
   * @throws ConfigException as {@link ConfigFile#read(Path, Map, SourceUrls)}
   * @throws Failure {@code WAVES_APART} when they are not of one migration, or name the same wave
   *     or table twice
   */
  public static MigrationConfig read(
      List<Path> files, Map<String, String> environment, SourceUrls sourceUrls) {
    List<MigrationConfig> read = new ArrayList<>();
    files.forEach(file -> read.add(ConfigFile.read(file, environment, sourceUrls)));
    return read.size() == 1 ? read.get(0) : together(read, files);
  }

  private static MigrationConfig together(List<MigrationConfig> read, List<Path> files) {
    MigrationConfig first = read.get(0);
    Set<String> phases = new LinkedHashSet<>();
    List<TableConfig> tables = new ArrayList<>();
    List<Wave> waves = new ArrayList<>();
    Set<Integer> numbers = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < read.size(); i++) {
      MigrationConfig one = read.get(i);
      Path file = files.get(i);
      same(file, "name", first.name(), one.name());
      same(file, "source.url", first.source().url(), one.source().url());
      same(file, "source.user", first.source().user(), one.source().user());
      same(file, "target.instance", first.target().instance(), one.target().instance());
      same(file, "ledger.url", first.ledger().url(), one.ledger().url());
      same(
          file,
          "staging.directory",
          first.staging().directory().toString(),
          one.staging().directory().toString());
      phases.addAll(one.phases());
      inOrder(file, List.copyOf(phases), one.phases());
      for (Wave wave : one.waves()) {
        if (!numbers.add(wave.number())) {
          throw apart("%s is wave %d, and so is another one.".formatted(file, wave.number()));
        }
        waves.add(wave);
      }
      for (TableConfig table : one.tables()) {
        if (!names.add(table.name())) {
          throw apart("%s has the table %s, and so has another one.".formatted(file, table.name()));
        }
        tables.add(table);
      }
    }
    return first.together(List.copyOf(phases), tables, exempt(read), waves);
  }

  private static Map<String, Map<String, String>> exempt(List<MigrationConfig> read) {
    Map<String, Map<String, String>> all = new HashMap<>();
    read.forEach(one -> all.putAll(one.reconcile().exempt()));
    return all;
  }

  private static void same(Path file, String setting, String first, String other) {
    if (!first.equals(other)) {
      throw apart("%s has another %s than the first of them.".formatted(file, setting));
    }
  }

  /** Phases that several files name come in one order. */
  private static void inOrder(Path file, List<String> all, List<String> own) {
    for (int i = 1; i < own.size(); i++) {
      if (all.indexOf(own.get(i)) < all.indexOf(own.get(i - 1))) {
        throw apart(
            "%s has the phase %s behind %s, and those before it the other way."
                .formatted(file, own.get(i), own.get(i - 1)));
      }
    }
  }

  private static Failure apart(String what) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "WAVES_APART",
        "These files are not the waves of one migration: " + what,
        "Give files of one name, source, org, ledger and staging directory, each with a `wave` and"
            + " tables of its own, in the order of their phases.");
  }
}
