package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.rows.Computed;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.prove.Certificate;
import io.initload.simulator.OrgRecord;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that the source computes. */
@Tag("system")
class ComputedFieldsTest {
  private static final int ROWS = 600;

  @TempDir private Path directory;
  private H2Tables source;

  @BeforeEach
  void fill() {
    source =
        new H2Tables(
            "CREATE TABLE \"T\" (\"id\" NUMBER(9) PRIMARY KEY, \"first\" VARCHAR2(40),"
                + " \"last\" VARCHAR2(40), \"boss\" NUMBER(9))",
            "INSERT INTO \"T\" SELECT X, 'first ' || X, 'last', CASE WHEN X >= 10 THEN"
                + " FLOOR(X / 10) END FROM SYSTEM_RANGE(1, "
                + ROWS
                + ")");
  }

  @AfterEach
  void close() {
    source.close();
  }

  private static TableConfig table(String key, String name, String parent) {
    List<Computed> computed =
        List.of(
            Computed.of("External_ID__c", key),
            Computed.of("Name", name),
            Computed.of("Parent.External_ID__c", parent));
    TableConfigs table =
        TableConfigs.of("T").source(new SourceName("", "T").computing(computed)).chunkRows(100);
    for (String field : List.of("External_ID__c", "Name", "Parent.External_ID__c")) {
      table.field(Computed.nameOf(field), field);
    }
    return table.build();
  }

  private LocalMigration migration(String key) {
    return new LocalMigration(
        directory,
        source.config(),
        table(
            key,
            "\"first\" || ' ' || t.\"last\"",
            "CASE WHEN \"boss\" <> 7 THEN 'K' || \"boss\" END"));
  }

  @Test
  void keyTextAndParentAreLoadedLinkedAndComparedAsTheSourceComputesThem() throws Exception {
    try (LocalMigration migration = migration("'K' || \"id\"")) {
      assertThat(migration.run().failures()).isEmpty();

      Map<String, String> names = new TreeMap<>();
      IntStream.rangeClosed(1, ROWS).forEach(i -> names.put("K" + i, "first " + i + " last"));
      assertThat(migration.loaded("Name")).isEqualTo(names);
      assertThat(linked(migration)).isEqualTo(ROWS - 9 - 10);

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables())
          .extracting(Certificate.Table::source, Certificate.Table::snapshotRows)
          .contains(tuple("T", (long) ROWS));
      assertThat(certificate.tables().get(0).sample().rows()).isEqualTo(20);
      assertThat(certificate.notes())
          .contains("T: sql.External_ID__c is what the source computes by 'K' || \"id\".");
    }
  }

  @Test
  void rowsThatShareAKeyThatIsComputedAreHeldBack() throws Exception {
    try (LocalMigration migration =
        migration("CASE WHEN \"id\" IN (3, 599) THEN 'twin' ELSE 'K' || \"id\" END")) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.books().get("T").chunks()).isGreaterThan(2);
      assertThat(migration.loaded("Name")).hasSize(ROWS - 2).doesNotContainKey("twin");
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 100))
            .filteredOn(row -> row.code().equals("EXTERNAL_ID_DUPLICATE"))
            .extracting(ExceptionRow::externalId)
            .contains("twin", "twin");
      }
    }
  }

  @Test
  void anExpressionThatIsNoneStopsBeforeAnythingIsRead() throws Exception {
    try (LocalMigration migration = migration("'K' || \"nothing\"")) {
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class,
              e -> {
                assertThat(e.code()).isEqualTo("SOURCE_SQL");
                assertThat(e)
                    .hasMessageContaining("sql.External_ID__c")
                    .hasMessageContaining("nothing");
              });
    }
  }

  private static long linked(LocalMigration migration) {
    try (var records = migration.org().records("Account").stream()) {
      return records.map((OrgRecord r) -> r.value("ParentId")).filter(p -> p.isPresent()).count();
    }
  }
}
