package io.initload.pipeline.examine;

import io.initload.config.FieldMapping;
import io.initload.config.MigrationConfig;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.evidence.Assumptions;
import io.initload.evidence.CheckResult;
import io.initload.evidence.Masked;
import io.initload.plan.Snapshot;
import io.initload.retry.Sleeper;
import io.initload.source.ScratchTable;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceExaminer;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The database of a migration, and each table and column that it reads. */
public final class SourceSide {
  private final MigrationConfig config;
  private final SourceDatabase source;
  private final SourceExaminer examiner;
  private final Checks looks;
  private final Masked masked;

  /** Taken once: where sessions share it, a session holds it until the database is closed. */
  private Optional<Snapshot> taken = Optional.empty();

  public SourceSide(MigrationConfig config, SourceDatabase source, Masked masked, Checks looks) {
    this.config = config;
    this.source = source;
    this.examiner = source.examiner();
    this.masked = masked;
    this.looks = looks;
  }

  /**
   * Looks at all of it.
   *
   * @param scratch a table that may be made and dropped; empty to write nothing
   */
  public void look(Optional<SourceName> scratch, Sleeper sleeper) throws InterruptedException {
    looks.at(Assumptions.CHARACTERS, "", examiner::characterSet);
    looks.at(Assumptions.MOMENT, "", this::moment);
    looks.at(Assumptions.HELPS, "", examiner::helps);
    for (ZoneId zone : zones()) {
      looks.at(Assumptions.ZONES, zone.toString(), () -> examiner.zone(zone));
    }
    looks.at(
        Assumptions.SNAPSHOT,
        scratch.map(SourceName::toString).orElse(""),
        () ->
            scratch.isPresent()
                ? new ScratchTable(source, scratch.get(), sleeper).look()
                : CheckResult.leftOut("It needs a table to write to: --scratch-table NAME."));
    for (TableConfig table : config.tables()) {
      table(table);
    }
  }

  private CheckResult moment() {
    Snapshot at = at();
    return at.kind() == Snapshot.Kind.FROZEN
        ? CheckResult.leftOut("The rows are read as they are: nobody may write meanwhile.")
        : CheckResult.holds(source.described(at) + ".");
  }

  private Snapshot at() {
    Snapshot at = taken.orElseGet(source::snapshot);
    taken = Optional.of(at);
    return at;
  }

  private Set<ZoneId> zones() {
    return config.tables().stream()
        .map(TableConfig::sourceZone)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void table(TableConfig table) throws InterruptedException {
    String name = table.name();
    looks.at(Assumptions.ADDRESSES, name, () -> examiner.addresses(table.source()));
    looks.at(Assumptions.COUNTS, name, () -> examiner.counts(table.source(), at()));
    for (String column : columns(table)) {
      looks.at(
          Assumptions.VALUES,
          name + "." + column,
          () -> examiner.values(table.source(), column, masked));
    }
  }

  private static List<String> columns(TableConfig table) {
    return table.fields().stream()
        .map(FieldMapping::feed)
        .map(FieldMapping.Feed::columns)
        .flatMap(Collection::stream)
        .distinct()
        .toList();
  }
}
