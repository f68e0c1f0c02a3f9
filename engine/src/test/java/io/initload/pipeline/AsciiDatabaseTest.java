package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.PostgresServer;
import io.initload.source.WireOracle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A byte that is no text holds its row back, and no other. */
@ExtendWith(PostgresServer.Provider.class)
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class AsciiDatabaseTest {
  @TempDir Path directory;

  @Test
  void inADatabaseOfSqlAsciiTheRowIsQuarantinedAndTheOthersAreLoaded(PostgresServer server)
      throws Exception {
    PostgresServer.Database tables = server.asciiDatabase();
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text, notes varchar(40))",
        "INSERT INTO customers SELECT 'k' || i, 'Jürgen ' || i, repeat('x', 40) FROM"
            + " generate_series(1, 3000) i",
        "UPDATE customers SET name = convert_from('\\x4afc7267656e', 'SQL_ASCII') WHERE id = 'k7'",
        "UPDATE customers SET notes = convert_from('\\x6dc3', 'SQL_ASCII') WHERE id = 'k2999'",
        "UPDATE customers SET id = id || convert_from('\\xe4', 'SQL_ASCII') WHERE id = 'k9'");
    try (LocalMigration migration =
        new LocalMigration(
            directory,
            tables.config(),
            LocalMigration.table("customers", 1_000, "notes", "Description"))) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").chunks()).isGreaterThan(1);
      assertThat(migration.loaded("Name")).hasSize(2_997).containsEntry("k8", "Jürgen 8");
      assertThat(held(migration))
          .extracting(ExceptionRow::externalId, ExceptionRow::code, ExceptionRow::message)
          .containsExactlyInAnyOrder(
              tuple("k7", "TEXT_INVALID", "field 2 holds the byte 0xFC, which is not UTF-8"),
              tuple("k2999", "TEXT_INVALID", "field 3 holds the byte 0xC3, which is not UTF-8"),
              tuple("k9\ufffd", "TEXT_INVALID", "field 1 holds the byte 0xE4, which is not UTF-8"));
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.booksClosed()).isTrue();

      tables.run(
          "UPDATE customers SET name = 'Jürgen 7' WHERE id = 'k7'",
          "UPDATE customers SET notes = 'm' WHERE id = 'k2999'");
      assertThat(migration.fromSource())
          .isEqualTo(new Replay.Revived(2, Set.of("customers"), Map.of(LeftRow.UNSTAGEABLE, 1L)));
      migration.run();
      assertThat(migration.loaded("Name")).hasSize(2_999).containsEntry("k7", "Jürgen 7");
    }
  }

  /**
   * As the driver hands such letters out, which it makes of the bytes itself; the national
   * character set has them all.
   */
  @Test
  void inADatabaseOfUs7AsciiTheRowIsQuarantinedAndTheOthersAreLoaded(WireOracle oracle)
      throws Exception {
    WireOracle.User user = oracle.user("SELECT ON SYS.V_$DATABASE");
    user.run(
        "CREATE TABLE t (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40), \"site\""
            + " NVARCHAR2(40), \"notes\" CLOB)",
        "INSERT INTO t SELECT LEVEL, 'name ' || LEVEL, 'site', 'notes' FROM DUAL CONNECT BY LEVEL"
            + " <= 30");
    oracle
        .postgres()
        .run(update(user, "name", 7), update(user, "notes", 8), update(user, "site", 9));
    oracle.set(
        "charset",
        "US7ASCII",
        () -> {
          try (LocalMigration migration =
              new LocalMigration(
                  directory,
                  user.config(),
                  LocalMigration.table("T", 10, "site", "Site", "notes", "Description"))) {
            assertThat(migration.run().failures()).isEmpty();
            assertThat(migration.loaded("Site")).hasSize(28).containsEntry("9", "M\ufffdller");
            assertThat(held(migration))
                .extracting(ExceptionRow::externalId, ExceptionRow::code)
                .containsExactlyInAnyOrder(tuple("7", "TEXT_INVALID"), tuple("8", "TEXT_INVALID"));
            assertThat(held(migration).get(0).message())
                .endsWith("a letter that the database's character set, US7ASCII, does not have");
            Certificate certificate = migration.certificate();
            assertThat(certificate.booksClosed()).isTrue();
            assertThat(certificate.tables().get(0).altered())
                .extracting(a -> a.field() + " " + a.code() + " " + a.first())
                .containsExactly("Site MALFORMED_TEXT [9]");
          }
        });
  }

  private static String update(WireOracle.User user, String column, int id) {
    return "UPDATE \"%s\".\"T\" SET \"%s\" = 'M\ufffdller' WHERE \"id\" = %d"
        .formatted(user.name(), column, id);
  }

  private static List<ExceptionRow> held(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10);
    }
  }
}
