package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SampleSize;
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
      Certificate.Sample sample = certificate.tables().get(0).sample();
      assertThat(sample.rows()).isEqualTo(wanted);
      assertThat(sample.fields()).isEqualTo(2L * wanted);
      assertThat(sample.differences()).isZero();
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

  @Test
  void aConfidenceIsWorthAsManyRowsAsItTakes() throws Exception {
    SampleSize size = SampleSize.parse("99%/1%");
    try (LocalMigration migration = migration().sample(size)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      Certificate.Sample sample = certificate.tables().get(0).sample();
      assertThat(sample.rows()).isEqualTo(size.of(ROWS)).isBetween(390L, 460L);
      assertThat(sample.statement())
          .isEqualTo(
              "%d of 2,000 loaded rows were compared, none differs: with 99%% confidence at most 20 of all (1%%) do."
                  .formatted(sample.rows()));
    }
  }

  @Test
  void whereFewerRowsWereKeptTheStatementIsThatOfThoseCompared() throws Exception {
    try (LocalMigration migration = migration().sampleRows(100)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate more = migration.sample(SampleSize.parse("99%/0.5%")).certificate();
      Certificate.Sample sample = more.tables().get(0).sample();
      SampleSize asked = SampleSize.parse("99%/0.5%");
      assertThat(sample.rows()).isGreaterThan(100).isLessThan(asked.of(ROWS));
      long most = asked.wrongAtMost(ROWS, sample.rows());
      assertThat(most).isGreaterThan(10);
      assertThat(sample.statement()).contains("at most %d of all".formatted(most));
      assertThat(more.notes()).anyMatch(note -> note.contains("no more were chosen"));
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(directory, tables.config(), LocalMigration.table("CUSTOMERS", 500));
  }
}
