package io.initload.pipeline;

import io.initload.Failure;
import io.initload.Span;
import io.initload.config.MigrationConfig;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.evidence.Assumption;
import io.initload.evidence.Assumptions;
import io.initload.evidence.CheckedAssumption;
import io.initload.evidence.Masked;
import io.initload.evidence.rows.DataProfile;
import io.initload.mapping.Finding;
import io.initload.pipeline.examine.Checks;
import io.initload.pipeline.examine.ConfigurationChecks;
import io.initload.pipeline.examine.OrgSide;
import io.initload.pipeline.examine.SourceSide;
import io.initload.pipeline.profile.DataProfiling;
import io.initload.retry.Sleeper;
import io.initload.salesforce.Org;
import io.initload.source.SourceDatabase;
import io.initload.source.TableShape;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks at what the code takes for granted of a source and an org ({@link
 * io.initload.evidence.Assumptions}), on those of a migration. Needs neither ledger nor staging
 * disk, and writes nothing but to a table that may be made for it.
 */
public final class Examination {
  private final MigrationConfig config;
  private final Clock clock;
  private final Sleeper sleeper;

  public Examination(MigrationConfig config, Clock clock, Sleeper sleeper) {
    this.config = config;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** What a migration needs. */
  public static List<CheckedAssumption> needed(
      MigrationConfig config, SourceDatabase source, Org org) throws InterruptedException {
    return ConfigurationChecks.of(
        config,
        Preparation.of(config, source, org).preflight(),
        (assumption, table) -> seen(source, assumption, table));
  }

  /**
   * What the rows themselves will meet, before one of them moves; reads the source alone.
   *
   * @param sampleRows of a table that has more, about so many are looked at; 0 for all rows of all
   */
  public static DataProfile data(
      MigrationConfig config, SourceDatabase source, Org org, long sampleRows, Clock clock)
      throws InterruptedException {
    return new DataProfiling(config, source, org, sampleRows).profile(clock.instant());
  }

  private static String seen(
      SourceDatabase source, Assumption assumption, Optional<TableConfig> table) {
    if (assumption.equals(Assumptions.UNDO)) {
      return source
          .undo()
          .map(undo -> undo.kept(true).map(Span::text).orElse("an unknown time"))
          .map(kept -> "Undo is kept for " + kept + ", longer than reading is reckoned to take.")
          .orElse("No snapshot is asked for, or none ages here.");
    }
    return table
        .filter(t -> assumption.equals(Assumptions.TABLE))
        .map(t -> described(source.shape(t.source())))
        .orElse("Nothing speaks against it.");
  }

  private static String described(TableShape shape) {
    String rows =
        shape.rowEstimate() < 0
            ? "no statistics"
            : "%,d rows by its statistics".formatted(shape.rowEstimate());
    return "Read by trying: %s, %,d columns, %,d keys, %s."
        .formatted(
            shape.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            shape.columns().size(),
            shape.keys().size(),
            rows);
  }

  /** The findings that something was seen by. */
  public static List<Finding> findings(List<CheckedAssumption> observed) {
    return observed.stream().flatMap(seen -> seen.findings().stream()).toList();
  }

  /**
   * Everything; one look's trouble is its own.
   *
   * @param source empty where it cannot be reached, as {@code org}
   * @param scratch a table that may be made and dropped; empty to write nothing
   * @param masked shows values where they differ
   */
  public List<CheckedAssumption> everything(
      Optional<SourceDatabase> source,
      Optional<Org> org,
      Optional<SourceName> scratch,
      Masked masked)
      throws InterruptedException {
    Checks looks = new Checks();
    if (source.isPresent() && org.isPresent()) {
      looks.add(preflight(source.get(), org.get()));
    } else {
      looks.add(ConfigurationChecks.unseen("It takes both sides, and one cannot be reached."));
    }
    if (source.isPresent()) {
      new SourceSide(config, source.get(), masked, looks).look(scratch, sleeper);
    }
    if (org.isPresent()) {
      new OrgSide(config, org.get(), clock, looks).look();
    }
    return looks.observed();
  }

  private List<CheckedAssumption> preflight(SourceDatabase source, Org org)
      throws InterruptedException {
    try {
      return needed(config, source, org);
    } catch (Failure e) {
      return ConfigurationChecks.unseen(e.code() + ": " + e.getMessage());
    }
  }
}
