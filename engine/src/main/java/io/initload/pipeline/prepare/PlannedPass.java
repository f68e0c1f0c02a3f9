package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.used.SettingChanges;
import io.initload.pipeline.work.SourceCheck;
import io.initload.pipeline.work.Workbench;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pass that was planned before, held to what it was planned as. */
public final class PlannedPass {
  /** Keys that are held in memory. */
  private static final int NOT_LOADED_MAX = 1_000_000;

  /** Settings that a failure names. */
  private static final int CHANGES_SHOWN = 5;

  private final Workbench bench;
  private final Prepared table;

  public PlannedPass(Workbench bench, Prepared table) {
    this.bench = bench;
    this.table = table;
  }

  /**
   * The pass; what its name stood for is noted where nobody did.
   *
   * @throws Failure {@code NOT_PLANNED}, {@code MAPPING_CHANGED}, {@code LEDGER_OTHER_TABLE}
   */
  public Pass held() {
    Pass pass = find();
    hold(bench, table);
    return pass;
  }

  /** Holds a planned pass to what its table's name stood for. */
  static void hold(Workbench bench, Prepared table) {
    new SourceCheck(bench).holdTo(table.name(), bench.source().origin(table.config().source()));
  }

  /**
   * The pass, as its rows are staged.
   *
   * @throws Failure {@code NOT_PLANNED}, {@code MAPPING_CHANGED}
   */
  public Pass find() {
    Optional<Pass> pass = bench.ledger().tables().pass(table.name());
    if (pass.isEmpty()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "NOT_PLANNED",
          table.name() + " is not planned in this migration.",
          "Plan the table first: `initload task plan`.");
    }
    if (!pass.get().digest().equals(table.digest())) {
      throw changed();
    }
    return pass.get();
  }

  /** What to say of a pass whose mapping is another one than it was planned by. */
  Failure changed() {
    String name = table.name();
    List<String> settings = changedSettings();
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "MAPPING_CHANGED",
        "The mapping of %s was changed after it was planned%s."
            .formatted(name, settings.isEmpty() ? "" : ": " + String.join("; ", settings)),
        "Restore the mapping; or forget what was loaded by the old one, so that the next run loads"
            + " the table anew by this one: `initload reset "
            + table.table()
            + "`.");
  }

  /** None where nobody noted which file it was planned by, or where it was none. */
  private List<String> changedSettings() {
    String digest = bench.ledger().tables().configuration(table.name());
    List<String> changes =
        bench.ledger().configurations().all().stream()
            .filter(used -> used.digest().equals(digest))
            .flatMap(
                used ->
                    SettingChanges.ofTable(
                        table.table(),
                        used.settings(),
                        bench.config().waveOf(table.table()).settings())
                        .stream())
            .toList();
    return changes.subList(0, Math.min(CHANGES_SHOWN, changes.size()));
  }

  /**
   * Rows of the table that its first pass did not load, by external id in canonical form; none of a
   * pass that makes records itself.
   */
  public Set<String> notLoaded() {
    if (table.kind().makesRecords()) {
      return Set.of();
    }
    Set<String> keys = new HashSet<>();
    for (Pass pass : bench.ledger().tables().passes()) {
      if (pass.table().equals(table.table()) && pass.kind().makesRecords()) {
        bench.ledger().exceptions().notLoaded(pass.name(), NOT_LOADED_MAX + 1).stream()
            .map(table.keyForm()::canonical)
            .forEach(keys::add);
      }
    }
    if (keys.size() > NOT_LOADED_MAX) {
      throw new Failure(
          Failure.Kind.FAILED,
          "LINKS_TOO_MANY",
          "More than %,d rows of %s were not loaded: too many to be kept out of its links."
              .formatted(NOT_LOADED_MAX, table.table()),
          "Correct and replay the dead letters of %s, then run the same command again."
              .formatted(table.table()));
    }
    return keys;
  }
}
