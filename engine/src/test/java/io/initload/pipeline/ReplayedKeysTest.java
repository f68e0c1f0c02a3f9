package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.config.TableConfigs;
import io.initload.config.ValuePolicy;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.Checkpoint;
import io.initload.source.PostgresServer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever way rows are tried again, two of them never become one record: by both kinds of ledger.
 */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class ReplayedKeysTest {
  private static final ValuePolicy NOT_TOO_LONG =
      new ValuePolicy(
          ValuePolicy.NONE.controls(),
          ValuePolicy.TooLong.REJECT,
          ValuePolicy.NONE.dates(),
          ValuePolicy.NONE.padding(),
          ValuePolicy.NONE.bytes(),
          Optional.empty(),
          ValuePolicy.NONE.nullText());

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final PostgresServer.Database books;

  ReplayedKeysTest(PostgresServer server) {
    tables = server.database();
    books = server.database();
  }

  private LocalMigration migration(boolean shared) {
    LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 1_000))
            .values(Map.of("name", NOT_TOO_LONG));
    return shared
        ? migration.ledger(
            new LedgerConfig(books.url(), books.user(), new Secret(books.password())))
        : migration;
  }

  /** Rows 9 of which one cannot be staged: in the ledger for two reasons. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRowIsNotReadAgainUnderTheNumberOfAnother(boolean shared) throws Exception {
    tables.run(
        "CREATE TABLE customers (no int PRIMARY KEY, id text, name text)",
        "INSERT INTO customers VALUES (1, '1', 'One'), (2, '9', repeat('x', 300)), (3, '9',"
            + " 'Twin')");
    try (LocalMigration migration = migration(shared)) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(codes(migration)).containsOnlyKeys("TEXT_TOO_LONG", "EXTERNAL_ID_DUPLICATE");
      tables.run("UPDATE customers SET id = '900001', name = 'Mended' WHERE no = 2");
      assertThat(migration.fromSource())
          .isEqualTo(
              new Replay.Revived(0, Set.of(), Map.of(LeftRow.NO_KEY, 1L, LeftRow.TAKEN, 1L)));

      Path file =
          export(migration, text -> text.replaceAll(",9,x{300}", ",900001,Mended"), "mended.csv");
      assertThat(migration.replay(replay -> replay.corrected(List.of(file))).rows()).isEqualTo(2);
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name"))
          .containsOnly(
              Map.entry("1", "One"), Map.entry("9", "Twin"), Map.entry("900001", "Mended"));
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).corrected().rows()).isEqualTo(1);
    }
  }

  /** Keys are compared as the org compares them, which ignores letter case and blanks. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anExternalIdIsGivenOnceHoweverItIsWritten(boolean shared) throws Exception {
    tables.run(
        "CREATE TABLE customers (no int PRIMARY KEY, id text, name text)",
        "INSERT INTO customers VALUES (1, 'a1', 'One'), (2, 'a1', 'Two'), (3, 'a1', 'Three')");
    try (LocalMigration migration = migration(shared)) {
      assertThat(migration.run().failures()).isEmpty();
      Path twice = export(migration, text -> text.replace(",a1,Two", ",A1 ,Two"), "twice.csv");
      assertThatThrownBy(() -> migration.replay(replay -> replay.corrected(List.of(twice))))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo("DEAD_LETTER_KEY"))
          .hasMessageContaining("line 3")
          .hasMessageContaining("stands in an earlier line too");

      Path one = lines(export(migration, text -> text, "one.csv"), "One");
      Path other = lines(export(migration, text -> text.replace(",a1,", ",A1 ,"), "2.csv"), "Two");
      assertThat(migration.replay(replay -> replay.corrected(List.of(one))).rows()).isEqualTo(1);
      assertThatThrownBy(() -> migration.replay(replay -> replay.corrected(List.of(other))))
          .as("it is on its way and not in the org yet")
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo("DEAD_LETTER_KEY"))
          .hasMessageContaining("is loaded, or on its way");
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name")).containsOnly(Map.entry("a1", "One"));
      assertThat(codes(migration)).containsEntry("EXTERNAL_ID_DUPLICATE", 2L);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRefusedRowWaitsWhileAnotherOfItsExternalIdIsOnItsWay(boolean shared) throws Exception {
    tables.run(
        "CREATE TABLE customers (no int PRIMARY KEY, id text, name text)",
        "INSERT INTO customers VALUES (1, '5', NULL), (2, NULL, 'Two')");
    try (LocalMigration migration = migration(shared)) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(codes(migration)).containsOnlyKeys("REQUIRED_FIELD_MISSING", "EXTERNAL_ID_NULL");
      Path file =
          lines(export(migration, text -> text.replace(",,Two", ",5 ,Two"), "x.csv"), "Two");
      assertThat(migration.replay(replay -> replay.corrected(List.of(file))).rows()).isEqualTo(1);
      assertThat(migration.replay(replay -> replay.unchanged(DeadLetterFilter.ALL)))
          .isEqualTo(new Replay.Revived(0, Set.of("customers"), Map.of(LeftRow.TAKEN, 1L)));
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name")).containsOnly(Map.entry("5", "Two"));
    }
  }

  /** One of them may have it. */
  @Test
  void anExternalIdIsNotGivenWhileOthersAreNotLoaded() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('a', 'One'), ('b', repeat('x', 300))");
    try (LocalMigration migration = migration(false)) {
      migration.checkpoint(
          label -> {
            if (label.equals("load.created")) {
              throw new SimulatedCrash(label);
            }
          });
      assertThatThrownBy(migration::run).hasCauseInstanceOf(SimulatedCrash.class);
      migration.checkpoint(Checkpoint.NONE);
      Path file = export(migration, text -> text.replaceAll(",b,x{300}", ",c,Two"), "c.csv");
      assertThatThrownBy(() -> migration.replay(replay -> replay.corrected(List.of(file))))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo("DEAD_LETTER_UNREAD"));

      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.replay(replay -> replay.corrected(List.of(file))).rows()).isEqualTo(1);
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name"))
          .containsOnly(Map.entry("a", "One"), Map.entry("c", "Two"));
    }
  }

  /** It would end every later run. */
  @Test
  void aRowThatCannotBeStagedIsNotTakenFromAFile() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('1', repeat('x', 300)), ('2', repeat('y', 300))");
    try (LocalMigration migration = migration(false)) {
      assertThat(migration.run().failures()).isEmpty();
      for (int length : new int[] {256, 400_001}) {
        Path file =
            export(
                migration,
                text -> text.replaceAll("x{300}", "x".repeat(length)).replaceAll("y{300}", "Two"),
                length + ".csv");
        assertThatThrownBy(() -> migration.replay(replay -> replay.corrected(List.of(file))))
            .isInstanceOfSatisfying(
                Failure.class, e -> assertThat(e.code()).isEqualTo("DEAD_LETTER_ROW"))
            .hasMessageContaining("external id 1");
      }
      assertThat(codes(migration)).containsEntry("TEXT_TOO_LONG", 2L);
    }
  }

  /** As versions before took it; the other rows go on. */
  @Test
  void aRowThatWasTakenAndCannotBeStagedNeedsAPersonAgain() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('1', repeat('x', 300)), ('2', repeat('y', 300))");
    try (LocalMigration migration = migration(true)) {
      assertThat(migration.run().failures()).isEmpty();
      Path file =
          export(migration, text -> text.replaceAll("x{300}|y{300}", "Mended"), "mended.csv");
      assertThat(migration.replay(replay -> replay.corrected(List.of(file))).rows()).isEqualTo(2);
      books.run(
          "UPDATE exception_row SET data = '[\"1\",\"' || repeat('x', 400001) || '\"]' WHERE"
              + " external_id = '1'");
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name")).containsOnly(Map.entry("2", "Mended"));
      assertThat(codes(migration)).containsOnlyKeys("UNSTAGEABLE");
      assertThat(migration.certificate().tables().get(0).deadLetters())
          .singleElement()
          .satisfies(
              code -> {
                assertThat(code.meaning()).isEqualTo("The row cannot be staged.");
                assertThat(code.remedy()).startsWith("Correct the row in the source");
              });
    }
  }

  /** The fields of a row are told apart by their place. */
  @Test
  void aChangedMappingEntersNothing() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text, phone text)",
        "INSERT INTO customers VALUES ('1', repeat('x', 300), '123'), ('2', 'Two', '456')");
    try (LocalMigration migration = migration(false)) {
      assertThat(migration.run().failures()).isEmpty();
      tables.run("UPDATE customers SET name = 'One'");
      Path file = export(migration, text -> text.replaceAll("x{300}", "One"), "one.csv");
      migration.tables(t -> LocalMigration.table("customers", 1_000, "phone", "Phone"));
      for (LocalMigration.Way way :
          List.<LocalMigration.Way>of(
              replay -> replay.fromSource(DeadLetterFilter.ALL),
              replay -> replay.corrected(List.of(file)))) {
        assertThatThrownBy(() -> migration.replay(way))
            .isInstanceOfSatisfying(
                Failure.class, e -> assertThat(e.code()).isEqualTo("MAPPING_CHANGED"));
      }
      assertThat(codes(migration)).containsEntry("TEXT_TOO_LONG", 1L);
    }
  }

  /** Texts that can be taken apart in several ways are looked for in the whole table. */
  @Test
  void manyRowsThatNoKeyFindsAreReadAgain() throws Exception {
    tables.run(
        "CREATE TABLE customers (a text, b text, name text, PRIMARY KEY (a, b))",
        "INSERT INTO customers SELECT 'k-' || i, 'z', repeat('x', 300)"
            + " FROM generate_series(1, 1500) i");
    try (LocalMigration migration = migration(false)) {
      migration.tables(
          t ->
              TableConfigs.like(t)
                  .fields(List.of())
                  .joined("External_ID__c", "-", "a", "b")
                  .field("name", "Name")
                  .build());
      assertThat(migration.run().failures()).isEmpty();
      tables.run(
          "UPDATE customers SET name = 'Name ' || a WHERE a <> 'k-7'",
          "DELETE FROM customers WHERE a = 'k-8'");
      assertThat(migration.fromSource())
          .isEqualTo(
              new Replay.Revived(
                  1_498,
                  Set.of("customers"),
                  Map.of(LeftRow.UNSTAGEABLE, 1L, LeftRow.NOT_ONCE, 1L)));
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name")).hasSize(1_498).containsEntry("k-1500-z", "Name k-1500");
    }
  }

  /** As versions before let it happen; the certificate finds it by itself. */
  @Test
  void anExternalIdThatIsBookedTwiceIsFound() throws Exception {
    tables.run(
        "CREATE TABLE customers (no int PRIMARY KEY, id text, name text)",
        "INSERT INTO customers VALUES (1, 'a1', 'One'), (2, 'A1', 'Two')");
    try (LocalMigration migration = migration(true)) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.certificate().findings()).isEmpty();
      books.run("UPDATE exception_row SET state = 'UPDATED', corrected = 1");
      assertThat(migration.certificate().findings())
          .contains(
              "customers: 1 external ids are booked as loaded or on their way for several rows"
                  + " each: those met in one record.");
    }
  }

  private static Map<String, Long> codes(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 2_000).stream()
          .collect(Collectors.groupingBy(ExceptionRow::code, Collectors.counting()));
    }
  }

  private Path export(LocalMigration migration, UnaryOperator<String> change, String name)
      throws IOException {
    Path file = directory.resolve(name);
    try (Ledger ledger = migration.ledger();
        Writer out = Files.newBufferedWriter(file)) {
      DeadLetterFile.write(
          ledger, ledger.tables().pass("customers").orElseThrow(), Set.of(), SheetForm.PLAIN, out);
    }
    return Files.writeString(file, change.apply(Files.readString(file)));
  }

  /** The header, and the line that ends so. */
  private static Path lines(Path file, String end) throws IOException {
    List<String> all = Files.readAllLines(file);
    List<String> kept =
        all.stream().filter(line -> line.equals(all.get(0)) || line.endsWith(end)).toList();
    return Files.write(file, kept);
  }
}
