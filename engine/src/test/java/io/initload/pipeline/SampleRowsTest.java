package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.pipeline.prove.Certificate;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows are compared field by field. */
@Tag("system")
class SampleRowsTest {
  private static final int ROWS = 2_000;

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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 1_000, ROWS})
  void exactlyAsManyRowsAreComparedAsAreAskedFor(int wanted) throws Exception {
    try (LocalMigration migration = migration().sampleRows(wanted)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes()).noneMatch(note -> note.contains("sampleRows"));
      assertThat(certificate.tables().get(0).sample())
          .isEqualTo(new Certificate.Sample(wanted, 2L * wanted, 0));
    }
  }

  @Test
  void moreThanThereAreIsAll() throws Exception {
    try (LocalMigration migration = migration().sampleRows(ROWS + 1)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.notes()).noneMatch(note -> note.contains("sampleRows"));
      assertThat(certificate.tables().get(0).sample().rows()).isEqualTo(ROWS);
    }
  }

  @Test
  void anotherNumberAfterTheRunIsKeptToOrSaid() throws Exception {
    try (LocalMigration migration = migration().sampleRows(100)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate fewer = migration.sampleRows(7).certificate();
      assertThat(fewer.tables().get(0).sample().rows()).isEqualTo(7);
      assertThat(fewer.notes()).noneMatch(note -> note.contains("sampleRows"));

      Certificate more = migration.sampleRows(1_500).certificate();
      long compared = more.tables().get(0).sample().rows();
      assertThat(compared).isBetween(100L, 1_499L);
      assertThat(more.findings()).isEmpty();
      assertThat(more.notes())
          .anyMatch(
              note ->
                  note.startsWith(
                      "CUSTOMERS: %d rows are compared field by field, not 1,500"
                          .formatted(compared)));
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(directory, tables.config(), LocalMigration.table("CUSTOMERS", 500));
  }
}
