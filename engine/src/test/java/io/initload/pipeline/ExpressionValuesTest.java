package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Column;
import io.initload.config.FieldMapping.Expression;
import io.initload.config.FieldMapping.Place;
import io.initload.config.TableConfigs;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a column holds that is no value reaches an expression no more than a field. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class ExpressionValuesTest {
  @TempDir private Path directory;

  @Test
  void noValueIsMadeOfWhatIsNone(PostgresServer server) throws Exception {
    PostgresServer.Database tables = server.asciiDatabase();
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text, share float8, opens time)",
        "INSERT INTO customers VALUES ('1', 'Jürgen', 0.5, '12:34:56.789'), ('2',"
            + " convert_from('\\x4afc7267656e', 'SQL_ASCII'), 1, NULL), ('3', 'None', 'NaN', NULL),"
            + " ('4', 'Late', 1, '24:00:00')");
    try (LocalMigration migration =
        new LocalMigration(
            directory,
            tables.config(),
            TableConfigs.of("customers")
                .field("id", "External_ID__c")
                .fields(
                    List.of(
                        new FieldMapping("External_ID__c", new Column("id")),
                        computed("Name", "trim(name)"),
                        computed("AnnualRevenue", "share * 2"),
                        computed("Phone", "opens")))
                .build())) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name"))
          .hasSize(2)
          .containsEntry("1", "Jürgen")
          .containsEntry("3", "None");
      assertThat(migration.loaded("Phone")).containsEntry("1", "12:34:56.789Z");
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .extracting(ExceptionRow::externalId, ExceptionRow::code, ExceptionRow::message)
            .containsExactlyInAnyOrder(
                tuple("2", "TEXT_INVALID", "field 2 holds the byte 0xFC, which is not UTF-8"),
                tuple(
                    "4",
                    "EXPRESSION_FAILED",
                    "field 4 reads 24:00:00.000Z, which is no time of a day"));
      }
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).altered())
          .extracting(a -> "%s %s %d".formatted(a.field(), a.code(), a.rows()))
          .containsExactly("AnnualRevenue NUMBER_EMPTIED 1");
    }
  }

  private static FieldMapping computed(String field, String text) {
    return new FieldMapping(field, new Expression(text, List.of(), new Place(1, 1)));
  }
}
