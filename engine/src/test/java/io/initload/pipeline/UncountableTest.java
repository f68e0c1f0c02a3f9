package io.initload.pipeline;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ReconcileConfig.Level;
import io.initload.pipeline.prove.Certificate;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that the org cannot count at once: the books are made all the same. */
@Tag("system")
class UncountableTest {
  private static final int ROWS = 1_000;

  /** Records of others, there before. */
  private static final int BEFORE = 300;

  private static final String REFUSED =
      "[{\"errorCode\":\"API_ERROR\",\"message\":\"Entity is not supported in Bulk Query\"}]";

  private static final String TIMEOUT =
      "[{\"errorCode\":\"QUERY_TIMEOUT\",\"message\":\"Your query request was running for too"
          + " long.\"}]";

  @TempDir Path directory;

  private final H2Tables tables =
      new H2Tables(
          "CREATE TABLE customers (\"id\" varchar(20) PRIMARY KEY, \"name\" varchar(80))",
          "INSERT INTO customers SELECT 'k' || x, 'Name ' || x FROM system_range(1, %d)"
              .formatted(ROWS));

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void recordsAreCountedByRangesThatTheOrgCanCount() throws Exception {
    try (LocalMigration migration = migration("100")) {
      migration.org().faults(queryJobs());
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate(Level.SAMPLE);
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes()).noneMatch(note -> note.contains("count"));
      assertThat(certificate.tables().get(0).targetBefore()).hasValue(BEFORE);
      assertThat(certificate.tables().get(0).targetRows()).hasValue(BEFORE + ROWS);
    }
  }

  @Test
  void recordsAreCountedByABulkQueryWhereNoRangeIsSmallEnough() throws Exception {
    try (LocalMigration migration = migration("1")) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).targetRows()).hasValue(BEFORE + ROWS);
    }
  }

  @Test
  void aCountThatNobodyCanMakeIsNamedAndStopsNothing() throws Exception {
    try (LocalMigration migration = migration("1")) {
      migration.org().faults(queryJobs());
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate(Level.SAMPLE);
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).targetRows()).isEqualTo(OptionalLong.empty());
      assertThat(certificate.notes())
          .anyMatch(note -> note.startsWith("Account: its records cannot be counted now:"));
      assertThat(migration.certificate(Level.FULL).findings())
          .singleElement()
          .asString()
          .startsWith("CUSTOMERS: not all fields are compared: the org refused the query")
          .contains("Entity is not supported in Bulk Query");
    }
  }

  @Test
  void whatWasThereBeforeAndCouldNotBeCountedIsNamed() throws Exception {
    try (LocalMigration migration = migration("1")) {
      migration.org().faults(queryJobs());
      assertThat(migration.run().failures()).isEmpty();
      migration.org().clearFaults();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).targetBefore()).isEqualTo(OptionalLong.empty());
      assertThat(certificate.tables().get(0).targetRows()).hasValue(BEFORE + ROWS);
      assertThat(certificate.notes())
          .anyMatch(note -> note.startsWith("Account: the org could not count its records before"));
    }
  }

  @Test
  void rowsThatTheOrgTakesTooLongToFindAreNamed() throws Exception {
    try (LocalMigration migration = migration("1")) {
      assertThat(migration.run().failures()).isEmpty();
      migration.org().faults(refusals("query", TIMEOUT));
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).targetRows()).hasValue(BEFORE + ROWS);
      assertThat(certificate.tables().get(0).sample().rows()).isZero();
      assertThat(certificate.notes())
          .anyMatch(
              note -> note.matches("CUSTOMERS: \\d+ rows of the sample are not compared: .*"));
    }
  }

  private LocalMigration migration(String scannedRowsMax) throws Exception {
    LocalMigration migration =
        new LocalMigration(
            OrgOptions.defaults().set("query.scannedRowsMax", scannedRowsMax),
            directory,
            tables.config(),
            LocalMigration.table("CUSTOMERS", 500));
    String others =
        IntStream.range(0, BEFORE).mapToObj(i -> "other" + i + ",Other\n").collect(joining());
    new OtherClient(migration.org()).upsertAccounts("External_ID__c,Name\n" + others);
    return migration;
  }

  private static FaultPlan queryJobs() {
    return refusals("query.create", REFUSED);
  }

  private static FaultPlan refusals(String action, String body) {
    return FaultPlan.on(action, 10_000, answer(body));
  }

  private static Fault answer(String body) {
    return new Fault.Answered(400, "application/json", body, Map.of(), Fault.Moment.BEFORE_COMMIT);
  }
}
