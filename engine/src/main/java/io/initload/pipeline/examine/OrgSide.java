package io.initload.pipeline.examine;

import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.evidence.Assumptions;
import io.initload.evidence.CheckResult;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.salesforce.Org;
import io.initload.salesforce.OrgLimits;
import io.initload.salesforce.Soql;
import io.initload.salesforce.errors.OrgException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The org of a migration, and each object and key that it loads; reads only. */
public final class OrgSide {
  /** An assertion lives for minutes: clocks that differ by less do no harm. */
  private static final Duration SKEW_MAX = Duration.ofSeconds(60);

  private final MigrationConfig config;
  private final Org org;
  private final Clock clock;
  private final Checks looks;

  public OrgSide(MigrationConfig config, Org org, Clock clock, Checks looks) {
    this.config = config;
    this.org = org;
    this.clock = clock;
    this.looks = looks;
  }

  public void look() throws InterruptedException {
    looks.at(Assumptions.CLOCK, "", this::clocks);
    looks.at(Assumptions.LIMITS, "", this::limits);
    for (String object : config.tables().stream().map(TableConfig::object).distinct().toList()) {
      looks.at(Assumptions.OBJECT, object, () -> object(object));
      looks.at(Assumptions.COUNT, object, () -> counted(object));
    }
    List<TableConfig> keys = config.tables();
    for (TableConfig table : keys) {
      String where = table.object() + "." + table.externalId();
      looks.at(Assumptions.KEY, where, () -> key(table));
      looks.at(Assumptions.FIND, where, () -> found(table));
    }
  }

  private CheckResult clocks() throws InterruptedException {
    Optional<Instant> theirs = org.time();
    if (theirs.isEmpty()) {
      return CheckResult.unknown(
          "The org's answers carry no date.", "Compare the clock of this machine with a good one.");
    }
    Duration apart = Duration.between(theirs.get(), clock.instant()).abs();
    String seen = "The clocks differ by %,d s.".formatted(apart.toSeconds());
    return apart.compareTo(SKEW_MAX) <= 0
        ? CheckResult.holds(seen)
        : CheckResult.fails(seen, "Set the clock of this machine by a time server.");
  }

  private CheckResult limits() throws InterruptedException {
    OrgLimits limits = org.limits();
    Optional<OrgLimits.Allowance> batches = limits.dailyBulkApiBatches();
    Optional<OrgLimits.Allowance> requests = limits.dailyApiRequests();
    if (batches.isEmpty() || requests.isEmpty()) {
      return CheckResult.unknown(
          "The org reports no %s."
              .formatted(batches.isEmpty() ? "DailyBulkApiBatches" : "DailyApiRequests"),
          "Hold target.dailyBatches against the org's setup by hand.");
    }
    String seen =
        "%,d of %,d batches and %,d of %,d API requests are left today; the configuration allows itself %,d batches."
            .formatted(
                batches.get().remaining(),
                batches.get().max(),
                requests.get().remaining(),
                requests.get().max(),
                config.target().dailyBatches());
    return config.target().dailyBatches() <= batches.get().max()
        ? CheckResult.holds(seen)
        : CheckResult.fails(seen, "Set target.dailyBatches to what the org allows, or less.");
  }

  private CheckResult object(String name) throws InterruptedException {
    TargetObject object = org.describe(name);
    boolean both = object.createable() && object.updateable();
    String seen =
        "%,d fields are visible; records may %sbe created and %sbe edited."
            .formatted(
                object.fields().size(),
                object.createable() ? "" : "not ",
                object.updateable() ? "" : "not ");
    return both
        ? CheckResult.holds(seen)
        : CheckResult.fails(
            seen, "Grant Create and Edit on %s to the loading user.".formatted(name));
  }

  private CheckResult counted(String object) throws InterruptedException {
    try {
      return CheckResult.holds(
          "%,d records.".formatted(org.count("SELECT COUNT() FROM " + object)));
    } catch (OrgException.Refused e) {
      if (!e.isTimeout()) {
        throw e;
      }
      return CheckResult.fails(
          "QUERY_TIMEOUT: there are too many of them.",
          "Nothing breaks: reconcile counts them by ranges or a bulk query, which takes longer.");
    }
  }

  private CheckResult key(TableConfig table) throws InterruptedException {
    Optional<TargetField> field =
        org.describe(table.object()).fields().stream()
            .filter(f -> f.name().equalsIgnoreCase(table.externalId()))
            .findFirst();
    if (field.isEmpty()) {
      return CheckResult.fails(
          "There is no such field that the loading user can see.",
          "Make it, or grant the user the field.");
    }
    TargetField key = field.get();
    String seen =
        "%s(%d), %sexternal id, %sunique, %s of letter case."
            .formatted(
                key.type(),
                key.length(),
                key.externalId() ? "" : "no ",
                key.unique() ? "" : "not ",
                key.caseSensitive() ? "mindful" : "regardless");
    boolean known = table.inserted() || key.externalId() || key.idLookup();
    return known && key.unique()
        ? CheckResult.holds(seen)
        : CheckResult.fails(
            seen,
            "Mark the field as %sUnique in the org's setup."
                .formatted(table.inserted() ? "" : "External ID and "));
  }

  private CheckResult found(TableConfig table) throws InterruptedException {
    TargetObject object = org.describe(table.object());
    boolean text =
        object.fields().stream()
            .filter(f -> f.name().equalsIgnoreCase(table.externalId()))
            .anyMatch(f -> !f.type().equals("double"));
    String literal = text ? Soql.quote("initload-doctor-nobody") : "-1";
    try {
      long records =
          org.count(
              "SELECT COUNT() FROM %s WHERE %s = %s"
                  .formatted(table.object(), table.externalId(), literal));
      return CheckResult.holds("Asked for a key that nobody has; %,d records.".formatted(records));
    } catch (OrgException.Refused e) {
      if (!e.isTimeout()) {
        throw e;
      }
      return CheckResult.fails(
          "QUERY_TIMEOUT: the field has no index that the query uses.",
          "Have the field marked as External ID, which indexes it, or ask Salesforce for an"
              + " index.");
    }
  }
}
