package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure;
import io.initload.config.TargetConfig.Compression;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.TableBooks;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.limits.Usage.Counted;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a server does with a gzip upload, the rows arrive once and the next run knows it. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class CompressionTest {
  private static final int ROWS = 6_000;

  /** What the ledger knows of an org whose uploads were probed. */
  static final String FACT = "gzip upload, API 67.0";

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  CompressionTest(PostgresServer server) {
    tables = server.database();
  }

  @ParameterizedTest
  @CsvSource({"decode, DECODES", "reject, REFUSES", "store-raw, STORES_RAW"})
  void theProbeFindsOutWhatTheOrgDoes(String server, String known) throws Exception {
    try (LocalMigration migration = migration(server)) {
      complete(migration);
      assertThat(known(migration)).isEqualTo(known);
    }
  }

  /** The probe said yes, yet real uploads are kept as they are, or refused. */
  @ParameterizedTest
  @CsvSource({"store-raw", "reject"})
  void anOrgThatBreaksItsWordIsSentPlainDataFromThenOn(String server) throws Exception {
    try (LocalMigration migration = migration(server)) {
      try (Ledger ledger = migration.ledger()) {
        ledger.orgs().remember(migration.org().orgId(), FACT, "DECODES");
      }
      complete(migration);
      assertThat(known(migration)).isEqualTo("STORES_RAW");
    }
  }

  /** Packed data that the org took for a header comes back in results that are no CSV. */
  @Test
  void resultsThatRepeatPackedDataNeedNotBeCsv() throws Exception {
    try (LocalMigration migration = migration("decode", ROWS)) {
      try (Ledger ledger = migration.ledger()) {
        ledger.orgs().remember(migration.org().orgId(), FACT, "DECODES");
      }
      migration
          .org()
          .faults(
              FaultPlan.yaml(
                  """
                  faults:
                    - when: {action: ingest.get, times: 1}
                      then:
                        answer:
                          status: 200
                          contentType: application/json
                          body: '{"id": "750rY0000000001QAA", "state": "JobComplete",
                            "numberRecordsProcessed": 0, "numberRecordsFailed": 0}'
                    - when: {action: ingest.successfulResults, times: 4}
                      then:
                        answer:
                          status: 200
                          contentType: text/csv
                          body: "\\"sf__Id\\",\\"sf__Created\\",P\\rK"
                  """));
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(known(migration)).isEqualTo("STORES_RAW");
      assertThat(outcome.books().get("customers").closed()).isTrue();
      assertThat(migration.loaded("Name")).hasSize(ROWS).containsEntry("77", "Name 77");
    }
  }

  /** An org that counts the characters of a row has unpacked it. */
  @Test
  void aRowThatIsTooLongForTheOrgSaysNothingAboutCompression() throws Exception {
    try (LocalMigration migration = migration("decode")) {
      try (Ledger ledger = migration.ledger()) {
        ledger.orgs().remember(migration.org().orgId(), FACT, "DECODES");
      }
      migration
          .org()
          .faults(
              FaultPlan.yaml(
                  """
                  faults: [{then: {failJob: {message: 'ClientInputError : A row is longer than 9'}}}]
                  """));
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).extracting(Failure::code).containsExactly("JOB_FAILED");
      assertThat(known(migration)).isEqualTo("DECODES");
    }
  }

  private static void complete(LocalMigration migration) throws InterruptedException {
    RunOutcome outcome = migration.run();
    assertThat(outcome.failures()).isEmpty();
    TableBooks books = outcome.books().get("customers");
    assertThat(books.closed()).isTrue();
    assertThat(books.created()).isEqualTo(ROWS);
    assertThat(books.deadLettered()).isZero();
    assertThat(migration.loaded("Name")).hasSize(ROWS).containsEntry("77", "Name 77");
    assertThat(migration.org().usage().used(Counted.RECORDS)).isLessThanOrEqualTo(ROWS + 1);
  }

  private LocalMigration migration(String server) {
    return migration(server, 1_000);
  }

  private LocalMigration migration(String server, int chunkRows) {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, filler text)",
        "INSERT INTO customers SELECT i, 'Name ' || i, repeat('x', 300) FROM generate_series(1, %d)"
                .formatted(ROWS)
            + " i");
    return new LocalMigration(
            OrgOptions.defaults().set("wire.uploadGzip", server),
            directory,
            tables.config(),
            LocalMigration.table("customers", chunkRows))
        .compression(Compression.AUTO);
  }

  private static String known(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.orgs().fact(migration.org().orgId(), FACT).orElseThrow();
    }
  }
}
