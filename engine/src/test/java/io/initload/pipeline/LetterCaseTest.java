package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.pipeline.prove.Certificate;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that the source spells in another letter case than the org has them. */
@Tag("system")
class LetterCaseTest {
  private static final int ROWS = 300;

  @TempDir Path directory;

  private final H2Tables tables =
      new H2Tables(
          "CREATE TABLE \"T\" (\"id\" VARCHAR2(20) PRIMARY KEY, \"name\" VARCHAR2(40), \"boss\""
              + " VARCHAR2(20))",
          ("INSERT INTO \"T\" SELECT 'Key-' || X, 'row ' || X, CASE WHEN X > 1 THEN 'kEY-' ||"
                  + " CAST(FLOOR(X / 2) AS INTEGER) END FROM SYSTEM_RANGE(1, %d)")
              .formatted(ROWS));

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void aLookupInAnotherLetterCaseIsNoDifference() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(1).sample())
          .as("key and lookup of every row that has one")
          .matches(sample -> sample.rows() == ROWS - 1)
          .matches(sample -> sample.fields() == 2L * (ROWS - 1))
          .matches(sample -> sample.differences() == 0);
      assertThat(migration.loaded("ParentId").values())
          .filteredOn(id -> !id.isEmpty())
          .hasSize(ROWS - 1);
    }
  }

  @Test
  void aLookupThatLeadsNowhereIsOne() throws Exception {
    // A machine whose clock is ahead: no change is surely later than our own.
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    try (LocalMigration migration = migration().clock(ahead)) {
      assertThat(migration.run().failures()).isEmpty();
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "Key-7", "{\"ParentId\": null}");

      assertThat(migration.certificate().findings())
          .anyMatch(f -> f.contains("Key-7") && f.contains("Parent.External_ID__c differs"));
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(
            directory,
            tables.config(),
            LocalMigration.table("T", 100, "boss", "Parent.External_ID__c"))
        .sampleRows(ROWS);
  }
}
