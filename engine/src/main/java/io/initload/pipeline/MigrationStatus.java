package io.initload.pipeline;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.TargetConfig;
import io.initload.ledger.ActivityBook.Activity;
import io.initload.ledger.Ledger;
import io.initload.ledger.MigrationBook;
import io.initload.ledger.QuotaBook;
import io.initload.ledger.audit.Chain.Head;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import io.initload.ledger.pages.HistoryBook.Freed;
import io.initload.ledger.pages.HistoryBook.Throughput;
import io.initload.pipeline.begin.Wait;
import io.initload.pipeline.load.OrgCount;
import io.initload.pipeline.work.NotBegun;
import io.initload.pipeline.work.RemovedTables;
import io.initload.plan.Batches;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far a migration is, from the ledger alone: neither source nor org is asked, and what runs is
 * not disturbed.
 *
 * @param snapshot what tables are read at, but for those that {@code otherSnapshots} names
 * @param reasons why a table is read at another snapshot, by its name
 * @param frozen tables read without a snapshot, to which nobody may write
 * @param stopped why a table goes no further, by its name
 * @param slots of the org's concurrent jobs that we hold now
 * @param quota what we used of the org's daily allowances in the last 24 hours
 * @param batches of all tables
 * @param rowsLeft rows of the snapshot that are neither loaded nor held back
 * @param rowsPerSecond in the last hour; 0 when no job ended in it
 * @param activity what is under way
 * @param forecast when the rest will be loaded; empty when that cannot be told
 * @param passes what is read and loaded, in the order of loading; those that began
 * @param throughput what the jobs did when, since the first of them
 * @param freed when what is used of the daily allowances becomes free again
 * @param quotaUntil when rows that wait for a daily allowance go on at the latest; empty while none
 *     does
 * @param audit the newest line of the audit log
 * @param waits why nothing is begun now, or nothing of a table
 * @param orgBatches what the org last said that everybody used; empty when it was not asked
 */
public record MigrationStatus(
    String migration,
    String instance,
    Snapshot snapshot,
    Instant startedAt,
    Map<String, Snapshot> otherSnapshots,
    Map<String, String> reasons,
    List<String> frozen,
    Map<String, String> stopped,
    List<TableBooks> tables,
    int slots,
    Spent quota,
    Batches batches,
    long rowsLeft,
    double rowsPerSecond,
    Activity activity,
    Optional<Forecast> forecast,
    List<PassFacts> passes,
    Throughput throughput,
    List<Freed> freed,
    Optional<Instant> quotaUntil,
    Head audit,
    List<Wait> waits,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String orgBatches) {

  private static final Duration NOW = Duration.ofMinutes(5);

  /**
   * What a pass is; its sums are in {@link #tables} under its name.
   *
   * @param table its name in the configuration
   * @param order of loading within the migration
   */
  public record PassFacts(
      String name,
      String table,
      PassKind kind,
      String object,
      String phase,
      int order,
      String strategy) {
    private static PassFacts of(Pass pass) {
      return new PassFacts(
          pass.name(),
          pass.table(),
          pass.kind(),
          pass.object(),
          pass.phase(),
          pass.order(),
          pass.strategy());
    }
  }

  /** Records and batches of daily allowances. */
  public record Spent(long records, long batches) {}

  public MigrationStatus {
    otherSnapshots = Map.copyOf(otherSnapshots);
    reasons = Map.copyOf(reasons);
    frozen = List.copyOf(frozen);
    stopped = Map.copyOf(stopped);
    tables = List.copyOf(tables);
    passes = List.copyOf(passes);
    freed = List.copyOf(freed);
    waits = List.copyOf(waits);
  }

  /** Whether every row is loaded or held back, and nobody works on it. */
  @JsonIgnore
  public boolean isAtRest() {
    return rowsLeft <= 0 && activity.jobs() == 0 && activity.workers() == 0;
  }

  /**
   * Reads the ledger.
   *
   * @throws Failure {@code NOT_BEGUN} when it does not have the migration
   */
  public static MigrationStatus of(Ledger ledger, MigrationConfig config) {
    return of(ledger, config, Set.of());
  }

  /**
   * As {@link #of(Ledger, MigrationConfig)}, of some tables: their passes, their rows, and when
   * these will be done. What is spent of allowances and slots is of all.
   *
   * @param chosen names of tables; empty for all
   * @throws Failure {@code NOT_BEGUN}
   */
  public static MigrationStatus of(Ledger ledger, MigrationConfig config, Set<String> chosen) {
    MigrationBook.Begun begun = NotBegun.require(ledger, config.name());
    Set<String> out = new RemovedTables(ledger, config).takenOut();
    List<Pass> runs =
        ledger.tables().passes().stream()
            .filter(pass -> !out.contains(pass.name()))
            .filter(pass -> chosen.isEmpty() || chosen.contains(pass.table()))
            .toList();
    Set<String> names = runs.stream().map(Pass::name).collect(Collectors.toSet());
    Collection<TableBooks> books =
        ledger.sums().books().values().stream().filter(b -> names.contains(b.table())).toList();
    List<Pass> apart = runs.stream().filter(t -> !t.snapshot().equals(begun.snapshot())).toList();
    QuotaBook.Usage usage = ledger.quota().usage(begun.orgId());
    long rowsLeft = books.stream().mapToLong(TableBooks::left).sum();
    double pace = ledger.jobs().pace(Duration.ofHours(1)).rowsPerSecond();
    Activity activity = ledger.activity().now();
    TargetConfig target = config.target();
    return new MigrationStatus(
        begun.id(),
        begun.instance(),
        begun.snapshot(),
        begun.createdAt(),
        byName(apart, Pass::snapshot),
        byName(apart, Pass::reason),
        runs.stream()
            .filter(t -> t.snapshot().kind() == Snapshot.Kind.FROZEN)
            .map(Pass::name)
            .toList(),
        byName(
            runs.stream().filter(t -> t.stopped().isPresent()).toList(),
            t -> t.stopped().orElseThrow()),
        List.copyOf(books),
        usage.slots(),
        new Spent(usage.records(), usage.batches()),
        books.stream().map(TableBooks::batches).reduce(Batches.of(0, 0), Batches::plus),
        rowsLeft,
        pace,
        activity,
        Forecast.of(
            rowsLeft,
            pace,
            ledger.jobs().pace(NOW).rowsPerSecond(),
            activity,
            new Forecast.Room(
                target.maxConcurrentJobs(),
                target.dailyRecords() - usage.records(),
                target.dailyRecords())),
        runs.stream().map(PassFacts::of).toList(),
        ledger.history().throughput(),
        ledger.history().freed(begun.orgId()),
        ledger
            .quota()
            .closedUntil(
                new Allowance(
                    begun.orgId(),
                    target.maxConcurrentJobs(),
                    target.dailyRecords(),
                    target.dailyBatches())),
        ledger.audit().head(),
        Wait.now(ledger, config, activity, unplanned(config, runs)),
        OrgCount.known(ledger, begun.orgId()).orElse(""));
  }

  private static boolean unplanned(MigrationConfig config, List<Pass> passes) {
    return config.tables().stream()
        .anyMatch(table -> passes.stream().noneMatch(pass -> pass.table().equals(table.name())));
  }

  private static <T> Map<String, T> byName(List<Pass> tables, Function<Pass, T> what) {
    Map<String, T> named = new TreeMap<>();
    tables.forEach(t -> named.put(t.name(), what.apply(t)));
    return named;
  }
}
