package io.initload.ledger;

import io.initload.config.LedgerConfig;
import io.initload.ledger.audit.AuditBook;
import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.digests.DigestBook;
import io.initload.ledger.digests.RangeBook;
import io.initload.ledger.keys.KeyListBook;
import io.initload.ledger.notices.NoticeBook;
import io.initload.ledger.pages.HistoryBook;
import io.initload.ledger.pages.PageBook;
import io.initload.ledger.resets.Reset;
import io.initload.ledger.resets.ResetBook;
import io.initload.ledger.used.ConfigurationBook;
import io.initload.ledger.used.WaveBook;
import io.initload.ledger.wishes.WishBook;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The durable record of one migration: what was intended, what was done, what became of each row.
 * Every public method that changes something is one transaction; every change of a state names the
 * state it expects, so that a worker that lost its claim cannot move anything. Safe for several
 * threads, and for several processes on one ledger.
 */
public final class Ledger implements AutoCloseable {
  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;
  private final MigrationBook migrations;
  private final TableBook tables;
  private final SumBook sums;
  private final OrgBook orgs;
  private final ChunkBook chunks;
  private final PartBook parts;
  private final JobBook jobs;
  private final QuotaBook quota;
  private final ProbeBook probes;
  private final ExceptionBook exceptions;
  private final DeadLetterBook deadLetters;
  private final CorrectionBook corrections;
  private final TraceBook traces;
  private final WriteBook writes;
  private final WorkerBook workers;
  private final ActivityBook activity;
  private final DigestBook digests;
  private final RangeBook ranges;
  private final PageBook pages;
  private final HistoryBook history;
  private final NoticeBook notices;
  private final ConfigurationBook configurations;
  private final AuditBook audit;
  private final WishBook wishes;
  private final ResetBook resets;
  private final KeyListBook keyLists;
  private final WaveBook waves;

  private Ledger(
      LedgerDatabase database, String migration, Clock clock, Scope scope, AuditBook audit) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
    this.migrations = new MigrationBook(database, migration, clock);
    this.tables = new TableBook(database, migration, clock);
    this.sums = new SumBook(database, migration);
    this.orgs = new OrgBook(database);
    this.chunks = new ChunkBook(database, migration, clock, scope);
    this.parts = new PartBook(database, migration, clock, scope);
    this.jobs = new JobBook(database, migration, clock);
    this.quota = new QuotaBook(database, migration, clock, scope);
    this.probes = new ProbeBook(database, migration, clock, quota);
    this.exceptions = new ExceptionBook(database, migration, clock);
    this.deadLetters = new DeadLetterBook(database, migration, clock);
    this.corrections = new CorrectionBook(database, migration, clock);
    this.traces = new TraceBook(database, migration);
    this.writes = new WriteBook(database, migration);
    this.workers = new WorkerBook(database, clock);
    this.activity = new ActivityBook(database, migration, clock);
    this.digests = new DigestBook(database, migration);
    this.ranges = new RangeBook(database, migration, clock);
    this.pages = new PageBook(database, migration);
    this.history = new HistoryBook(database, migration, clock);
    this.notices = new NoticeBook(database, migration, clock);
    this.configurations = new ConfigurationBook(database, migration, clock);
    this.audit = audit;
    this.wishes = new WishBook(database, migration, clock);
    this.resets = new ResetBook(database, migration, clock);
    this.keyLists = new KeyListBook(database, migration, clock);
    this.waves = new WaveBook(database, migration, clock);
  }

  /**
   * Opens the ledger for one migration and brings its tables up to date.
   *
   * @param migration its name; it need not have begun
   * @throws io.initload.Failure {@code LEDGER_URL}, {@code LEDGER_UNREACHABLE}, {@code
   *     LEDGER_NEWER}, {@code LEDGER_DAMAGED}
   */
  public static Ledger open(LedgerConfig config, String migration, Clock clock) {
    return of(LedgerDatabase.open(config), migration, clock);
  }

  /**
   * Opens the ledger for one migration as it is, for somebody who only looks: the database itself
   * refuses every change, whatever is called.
   *
   * @param migration its name; it need not have begun
   * @throws io.initload.Failure {@code LEDGER_URL}, {@code LEDGER_UNREACHABLE}, {@code
   *     LEDGER_NEWER}, {@code LEDGER_NOT_CURRENT}, {@code LEDGER_DAMAGED}
   */
  public static Ledger openToRead(LedgerConfig config, String migration, Clock clock) {
    return of(LedgerDatabase.openToRead(config), migration, clock);
  }

  private static Ledger of(LedgerDatabase database, String migration, Clock clock) {
    AuditBook audit = new AuditBook(database, migration, clock);
    return new Ledger(database, migration, clock, Scope.ALL, audit);
  }

  /** The time by the clock that its entries go by. */
  public Instant now() {
    return clock.instant();
  }

  /** The same ledger for a worker that takes up only what is in the scope; closed with this one. */
  public Ledger narrowed(Scope scope) {
    return new Ledger(database, migration, clock, scope, audit);
  }

  /**
   * The books of the deletion of what this migration created: kept like those of a migration of its
   * own, in which each record deleted counts as updated. Closed with this one.
   */
  public Ledger undo() {
    return new Ledger(database, migration + "~undo", clock, Scope.ALL, audit);
  }

  /**
   * The books of tables as they were before these were reset, in the order in which that was done.
   * Closed with this one.
   */
  public List<Ledger> former() {
    return resets.all().stream().map(this::former).toList();
  }

  /** Those that one of them put aside. */
  public Ledger former(Reset reset) {
    return new Ledger(database, reset.books(), clock, Scope.ALL, audit);
  }

  public MigrationBook migrations() {
    return migrations;
  }

  public TableBook tables() {
    return tables;
  }

  public SumBook sums() {
    return sums;
  }

  public OrgBook orgs() {
    return orgs;
  }

  public ChunkBook chunks() {
    return chunks;
  }

  public PartBook parts() {
    return parts;
  }

  public JobBook jobs() {
    return jobs;
  }

  public QuotaBook quota() {
    return quota;
  }

  public ProbeBook probes() {
    return probes;
  }

  public ExceptionBook exceptions() {
    return exceptions;
  }

  public DeadLetterBook deadLetters() {
    return deadLetters;
  }

  public CorrectionBook corrections() {
    return corrections;
  }

  public TraceBook traces() {
    return traces;
  }

  public WriteBook writes() {
    return writes;
  }

  public WorkerBook workers() {
    return workers;
  }

  public ActivityBook activity() {
    return activity;
  }

  public DigestBook digests() {
    return digests;
  }

  public RangeBook ranges() {
    return ranges;
  }

  public PageBook pages() {
    return pages;
  }

  public HistoryBook history() {
    return history;
  }

  public NoticeBook notices() {
    return notices;
  }

  public ConfigurationBook configurations() {
    return configurations;
  }

  public WishBook wishes() {
    return wishes;
  }

  public WaveBook waves() {
    return waves;
  }

  public ResetBook resets() {
    return resets;
  }

  public KeyListBook keyLists() {
    return keyLists;
  }

  /** What was done to both systems; one chain for the load and its deletion. */
  public AuditBook audit() {
    return audit;
  }

  @Override
  public void close() {
    database.close();
  }
}
