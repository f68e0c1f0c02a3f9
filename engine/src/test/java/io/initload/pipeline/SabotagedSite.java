package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ReconcileConfig.Level;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A small migration for saboteurs: a table with a field of each kind, all of whose rows are kept as
 * sample, and an org whose records are known without asking the engine.
 */
final class SabotagedSite implements AutoCloseable {
  static final int ROWS = 40;
  static final String KEY = "External_ID__c";

  /**
   * A machine whose clock is ahead: what a saboteur changes is never surely later than the load.
   */
  private static final Clock AHEAD = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  private static final LocalDate DAY = LocalDate.of(2020, 2, 28);
  private static final String[] STATES = {"Yes", "No"};

  private final H2Tables tables;
  private final LocalMigration migration;

  SabotagedSite(Path directory) {
    tables =
        new H2Tables(
            "CREATE TABLE t (\"id\" VARCHAR2(20) PRIMARY KEY, \"name\" VARCHAR2(80), \"phone\""
                + " VARCHAR2(40), \"mail\" VARCHAR2(80), \"limit\" NUMBER(10,2), \"day\" DATE,"
                + " \"state\" VARCHAR2(10), \"note\" VARCHAR2(400))");
    IntStream.rangeClosed(1, ROWS).forEach(i -> tables.run(insert(i)));
    migration =
        new LocalMigration(
                directory,
                tables.config(),
                LocalMigration.table(
                    "T",
                    1_000,
                    "phone",
                    "Phone",
                    "mail",
                    "Email__c",
                    "limit",
                    "Credit_Limit__c",
                    "day",
                    "Customer_Since__c",
                    "state",
                    "Active__c",
                    "note",
                    "Description"))
            .sampleRows(ROWS)
            .clock(AHEAD);
  }

  /** The statement that makes a row of the source. */
  static String insert(int i) {
    return "INSERT INTO t VALUES ('%s', '%s', '%s', '%s', %s, DATE '%s', '%s', '%s')"
        .formatted(
            key(i),
            row(i).get("Name"),
            row(i).get("Phone"),
            row(i).get("Email__c"),
            row(i).get("Credit_Limit__c"),
            row(i).get("Customer_Since__c"),
            row(i).get("Active__c"),
            row(i).get("Description"));
  }

  static String key(int i) {
    return "k" + i;
  }

  /** What a record must have, by field, but for its key. */
  static Map<String, String> row(int i) {
    Map<String, String> row = new TreeMap<>();
    row.put("Name", "Customer No " + i);
    row.put("Phone", "+49 30 55" + i);
    row.put("Email__c", "person" + i + "@example.com");
    row.put("Credit_Limit__c", i + ".37");
    row.put("Customer_Since__c", DAY.plusDays(i).toString());
    row.put("Active__c", STATES[i % STATES.length]);
    row.put("Description", "First line\nSecond line of " + i);
    return row;
  }

  LocalMigration migration() {
    return migration;
  }

  H2Tables tables() {
    return tables;
  }

  OtherClient other() {
    return new OtherClient(migration.org());
  }

  /** Loads everything; nobody has meddled with anything yet. */
  SabotagedSite loaded() throws InterruptedException {
    assertThat(migration.run().failures()).isEmpty();
    return this;
  }

  List<String> findings(Level level) throws InterruptedException {
    return migration.certificate(level).findings();
  }

  /** What the digests of all rows tell, where a single row is in the sample. */
  List<String> findingsWithoutSample() throws InterruptedException {
    try {
      return migration.sampleRows(1).certificate(Level.FULL).findings();
    } finally {
      migration.sampleRows(ROWS);
    }
  }

  /** All is well, as far as the certificate knows and in truth. */
  void isWhole(String when) throws InterruptedException {
    Certificate certificate = migration.certificate();
    assertThat(certificate.findings()).as("findings %s", when).isEmpty();
    assertThat(certificate.booksClosed()).isTrue();
    assertThat(certificate.tables().get(0).sample().rows()).as(when).isEqualTo(ROWS);
    assertThat(migration.loaded("Name")).as("the org %s", when).isEqualTo(names());
  }

  private static Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    IntStream.rangeClosed(1, ROWS).forEach(i -> names.put(key(i), row(i).get("Name")));
    return names;
  }

  @Override
  public void close() {
    migration.close();
    tables.close();
  }
}
