package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.ReconcileConfig.Level;
import io.initload.config.TableConfig;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Certificate.Against;
import io.initload.pipeline.prove.Certificate.Whole;
import io.initload.pipeline.work.Checkpoint;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field of every row is compared, and what differs is named. */
@Tag("system")
@ExtendWith(PostgresServer.Provider.class)
class FullComparisonTest {
  private static final int ROWS = 3_000;

  /** A machine whose clock is ahead: what others change is never surely later than the load. */
  private static final Clock AHEAD = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  FullComparisonTest(PostgresServer server) {
    tables = server.database();
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text, phone text, amount numeric(10,2),"
            + " day date, note text)",
        "INSERT INTO customers SELECT 'K' || i, ' Name ' || i || ' ', CASE WHEN i % 3 = 0 THEN"
            + " '+49 ' || i END, i / 8.0, date '2001-01-01' + i, E'first\\r\\nsecond ' || i"
            + " FROM generate_series(1, %d) i".formatted(ROWS));
  }

  private LocalMigration migration() {
    return new LocalMigration(directory, tables.config(), customers()).clock(AHEAD).sampleRows(1);
  }

  private static TableConfig customers() {
    return LocalMigration.table(
        "customers",
        1_000,
        "phone",
        "Phone",
        "amount",
        "Credit_Limit__c",
        "day",
        "Customer_Since__c",
        "note",
        "Description");
  }

  private static Whole whole(Certificate certificate) {
    assertThat(certificate.level()).isEqualTo(Level.FULL);
    assertThat(certificate.whole()).hasSize(1);
    return certificate.whole().get(0);
  }

  @Test
  void rowsThatAreEqualAreProvenByDigestsAlone() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate(Level.FULL);
      assertThat(certificate.findings()).isEmpty();
      Whole whole = whole(certificate);
      assertThat(whole.against()).isEqualTo(Against.DIGESTS);
      assertThat(whole.records()).isEqualTo(ROWS);
      assertThat(whole.equal()).isEqualTo(ROWS);
      assertThat(whole.buckets()).isEqualTo(256);
      assertThat(migration.certificate(Level.SAMPLE).whole()).isEmpty();
    }
  }

  @Test
  void oneFieldOfOneRowIsFoundAndNamed() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "K7", "{\"Description\":\"first\"}");
      Certificate certificate = migration.certificate(Level.FULL);
      assertThat(certificate.findings())
          .containsExactly("customers, external id K7: field Description differs.");
      Whole whole = whole(certificate);
      assertThat(whole.against()).isEqualTo(Against.SNAPSHOT);
      assertThat(whole.differing()).isEqualTo(1);
      assertThat(whole.differences()).isEqualTo(1);
      assertThat(whole.compared()).isBetween(1L, 40L);
      assertThat(whole.equal() + whole.compared()).isEqualTo(ROWS);
    }
  }

  /** The count is right all the same. */
  @Test
  void aRecordInThePlaceOfAnotherIsFound() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      OtherClient other = new OtherClient(migration.org());
      other.delete("Account", "External_ID__c", "K2999");
      other.upsert("Account", "External_ID__c", "copy", "{\"Name\":\"Name 2999\"}");
      assertThat(migration.certificate(Level.FULL).findings())
          .contains("customers, external id K2999: it is not in the org.");
    }
  }

  @Test
  void whatTheRecordHadBeforeAndWasNotSentIsNoDifference() throws Exception {
    try (LocalMigration migration = migration()) {
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "K1", "{\"Name\":\"Old\",\"Phone\":\"123\"}");
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate(Level.FULL);
      assertThat(certificate.findings()).isEmpty();
      assertThat(whole(certificate).differing()).isEqualTo(1);
      assertThat(whole(certificate).differences()).isZero();
    }
  }

  @Test
  void refusedAndCorrectedRowsAreAccountedFor() throws Exception {
    tables.run("UPDATE customers SET name = repeat('x', 300) WHERE id IN ('K5', 'K6')");
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().books().get("customers").deadLettered()).isEqualTo(2);
      Certificate refused = migration.certificate(Level.FULL);
      assertThat(refused.findings()).isEmpty();
      assertThat(whole(refused).against()).isEqualTo(Against.DIGESTS);
      assertThat(whole(refused).records()).isEqualTo(ROWS - 2);

      tables.run("UPDATE customers SET name = 'Mended' WHERE id = 'K5'");
      assertThat(migration.replay(r -> r.fromSource(DeadLetterFilter.ALL)).rows()).isPositive();
      migration.run();
      Certificate mended = migration.certificate(Level.FULL);
      assertThat(mended.findings()).isEmpty();
      assertThat(whole(mended).against()).isEqualTo(Against.DIGESTS);
      assertThat(whole(mended).records()).isEqualTo(ROWS - 1);
    }
  }

  @Test
  void aFieldThatIsExemptIsNotComparedAndTheReasonIsSaid() throws Exception {
    Map<String, Map<String, String>> exempt = Map.of("customers", Map.of("Phone", "a flow"));
    try (LocalMigration migration = migration().exempt(exempt)) {
      assertThat(migration.run().failures()).isEmpty();
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "K3", "{\"Phone\":\"+49-3\"}");
      Certificate certificate = migration.certificate(Level.FULL);
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes()).contains("customers: Phone is not compared: a flow");
      assertThat(whole(certificate).against()).isEqualTo(Against.DIGESTS);

      // Said otherwise later, the digests are those of other fields.
      Certificate all = migration.exempt(Map.of()).certificate(Level.FULL);
      assertThat(all.findings()).containsExactly("customers, external id K3: field Phone differs.");
      assertThat(whole(all).compared()).isEqualTo(ROWS);
    }
  }

  /** Nobody needs the source any more for what is equal. */
  @Test
  void aSourceThatChangedSinceIsNotAskedWhereDigestsAreEqual() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      tables.run("UPDATE customers SET name = 'Later' WHERE id = 'K5'");
      Certificate equal = migration.certificate(Level.FULL);
      assertThat(whole(equal).against()).isEqualTo(Against.DIGESTS);
      assertThat(whole(equal).equal()).isEqualTo(ROWS);

      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "K7", "{\"Description\":\"first\"}");
      Certificate differs = migration.certificate(Level.FULL);
      assertThat(whole(differs).against()).isEqualTo(Against.NOW);
      assertThat(differs.findings())
          .contains(
              "customers, external id K7: field Description differs from the source as it is now.");
    }
  }

  @Test
  void aComparisonThatWasKilledGoesOnWithWhatWasRead() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      migration.checkpoint(
          label -> {
            if (label.equals("prove.range")) {
              throw new SimulatedCrash(label);
            }
          });
      assertThatThrownBy(() -> migration.certificate(Level.FULL))
          .isInstanceOf(SimulatedCrash.class);
      migration.checkpoint(Checkpoint.NONE);
      Certificate certificate = migration.certificate(Level.FULL);
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes()).anyMatch(note -> note.contains("by several processes"));
      assertThat(whole(certificate).equal()).isEqualTo(ROWS);
      assertThat(migration.certificate(Level.FULL).notes())
          .noneMatch(note -> note.contains("by several processes"));
    }
  }

  /** Somebody who can write to the ledger must be right about the digests, too. */
  @Test
  void digestsThatDoNotFitTheBooksAreFound() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      try (Connection books = books();
          PreparedStatement written =
              books.prepareStatement("UPDATE chunk_digest SET sums = ? WHERE sums = ?")) {
        String sums = sums(books);
        byte[] bytes = Base64.getDecoder().decode(sums);
        bytes[Long.BYTES] ^= 1; // Behind the first bucket's count.
        written.setString(1, Base64.getEncoder().encodeToString(bytes));
        written.setString(2, sums);
        assertThat(written.executeUpdate()).isEqualTo(1);
      }
      assertThat(migration.certificate(Level.FULL).findings())
          .anyMatch(f -> f.contains("does not show the rows at the snapshot that were staged"));
    }
  }

  /** What is no sum at all ends nothing: the source is asked instead. */
  @Test
  void digestsThatNobodyWroteAreNamedAndMadeAnew() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      books("UPDATE chunk_digest SET sums = 'AAAA' WHERE chunk_no = 1");
      Certificate certificate = migration.certificate(Level.FULL);
      assertThat(certificate.findings())
          .containsExactly(
              "customers: what the ledger has as digests of chunk 1 was not written by this"
                  + " program: somebody changed the ledger. All rows are read again from the source"
                  + " as it was at the snapshot.");
      isMadeAnew(whole(certificate));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE chunk_digest SET algorithm = 'sha256', sums = 'of another form'",
        "UPDATE chunk_digest SET algorithm = 'sha256' WHERE chunk_no = 2",
        "DELETE FROM chunk_digest"
      })
  void rowsThatAnOlderVersionReadAreReadAgain(String older) throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      books(older);
      Certificate equal = migration.certificate(Level.FULL);
      assertThat(equal.findings()).isEmpty();
      assertThat(equal.notes())
          .contains(
              "customers: rows were read by a version that made no digests, or made them otherwise."
                  + " They are read again from the source as it was at the snapshot, and compared"
                  + " with that.");
      isMadeAnew(whole(equal));

      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "K7", "{\"Description\":\"first\"}");
      Certificate differs = migration.certificate(Level.FULL);
      assertThat(differs.findings())
          .containsExactly("customers, external id K7: field Description differs.");
      assertThat(whole(differs).compared()).isBetween(1L, 40L);
    }
  }

  private static void isMadeAnew(Whole whole) {
    assertThat(whole.against()).isEqualTo(Against.SNAPSHOT);
    assertThat(whole.records()).isEqualTo(ROWS);
    assertThat(whole.equal()).isEqualTo(ROWS);
    assertThat(whole.sentence()).contains("made anew of the source at the snapshot");
  }

  /** Of the source as it is now; what was loaded otherwise is in the ledger. */
  @Test
  void refusedAndCorrectedRowsAreAccountedForWithoutDigestsToo() throws Exception {
    tables.run("UPDATE customers SET name = repeat('x', 300) WHERE id IN ('K5', 'K6')");
    try (LocalMigration migration = migration()) {
      migration.run();
      tables.run("UPDATE customers SET name = 'Mended' WHERE id = 'K5'");
      assertThat(migration.replay(r -> r.fromSource(DeadLetterFilter.ALL)).rows()).isPositive();
      migration.run();
      books("UPDATE chunk_digest SET algorithm = 'sha256'");
      Certificate certificate = migration.certificate(Level.FULL);
      assertThat(certificate.findings()).isEmpty();
      assertThat(whole(certificate).against()).isEqualTo(Against.NOW);
      assertThat(whole(certificate).equal()).isEqualTo(ROWS - 1);

      tables.run("DELETE FROM customers WHERE id = 'K9'");
      assertThat(migration.certificate(Level.FULL).findings())
          .contains(
              "customers: the books have 2,999 rows as loaded, but digests were made of 2,998.");
    }
  }

  private Connection books() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
  }

  private void books(String sql) throws SQLException {
    try (Connection books = books();
        Statement statement = books.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private static String sums(Connection books) throws SQLException {
    try (Statement statement = books.createStatement();
        ResultSet row = statement.executeQuery("SELECT sums FROM chunk_digest LIMIT 1")) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }
}
