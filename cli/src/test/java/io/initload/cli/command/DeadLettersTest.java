package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Launched;
import io.initload.cli.OrgApi;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.salesforce.errors.ErrorCodes;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.RequestHook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that need a person, from the list to closed books. */
@Tag("system")
class DeadLettersTest {
  /** See docs/reference/salesforce.md, "CSV and values". */
  private static final String MISSING =
      "Foreign key external ID: 21 not found for field External_ID__c in entity Country__c";

  private static final Fault TIMEOUT =
      new Fault.Answered(
          400,
          "application/json",
          "[{\"errorCode\":\"QUERY_TIMEOUT\",\"message\":\"Your query request was running for too"
              + " long.\"}]",
          Map.of(),
          Fault.Moment.BEFORE_COMMIT);

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("letters").resolve("CUSTOMERS.csv");
  }

  private Site refused() {
    Site site = Site.open(directory);
    site.source()
        .run(
            "UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID IN (7, 8)",
            "ALTER TABLE CUSTOMERS DROP PRIMARY KEY",
            "INSERT INTO CUSTOMERS VALUES (9, 'Twice', 1, NULL)");
    site.config(text -> text.replace("chunking: {rows: 10000}", "chunking: {strategy: rownum}"));
    site.run("run").exits(4);
    return site;
  }

  private void correct(UnaryOperator<String> change) throws IOException {
    Files.writeString(file(), change.apply(Files.readString(file())));
  }

  @Test
  void correctedRowsAreLoadedAndTheBooksCloseAgain() throws IOException {
    try (Site site = refused()) {
      site.run("dead-letters export", "-o", file().getParent().toString()).exits(0);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
      assertThat(file())
          .content()
          .contains("_row,_table,_state,_code,_message,_chunk,_job,External_ID__c,Name")
          .contains("INVALID_EMAIL_ADDRESS", "EXTERNAL_ID_DUPLICATE", "né Łukasz");

      correct(
          text ->
              text.replace("nobody(at)nowhere", "nobody@nowhere.example")
                  .replace(",9,Twice,", ",9009,Twice,")
                  .replaceAll("(?m)^.*,9,\"Müller.*\\n.*Łukasz.*$\\n", ""));
      JsonNode replayed =
          site.run("dead-letters replay", "--from", file().toString(), "--json").json();
      assertThat(replayed.path("failures")).isEmpty();

      assertThat(site.org().records("Account").byExternalId("External_ID__c", "9009")).isPresent();
      JsonNode certificate = site.run("reconcile", "--json").json();
      assertThat(certificate.path("booksClosed").asBoolean()).as("%s", certificate).isTrue();
      JsonNode customers = certificate.path("tables").path(1);
      assertThat(customers.path("deadLettered").asLong()).isZero();
    }
  }

  @Test
  void unchangedRowsAreTriedAgainWhenTheCauseIsGone() {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET COUNTRY_ID = 21 WHERE CUST_ID IN (8, 9)");
      site.run("run").exits(4);
      assertThat(site.run("dead-letters list").exits(0).out())
          .contains("INVALID_FIELD: " + ErrorCodes.row("INVALID_FIELD", MISSING).remedy());
      OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret())
          .insert("Country__c", "External_ID__c,Name\n21,Late\n");
      JsonNode replayed = site.run("dead-letters replay", "--json").exits(0).json();
      assertThat(replayed.path("deadLetters").asLong()).isZero();
      assertThat(site.run("dead-letters list", "--json").exits(0).json().path("rows")).isEmpty();
      assertThat(site.run("dead-letters replay").exits(0).out()).contains("no refused row");
    }
  }

  /** It dies as soon as the org has a job with the rows; the same command ends as if it had not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aReplayThatIsKilledGoesOnWithTheSameCommand(boolean corrected) throws IOException {
    try (Site site = refused()) {
      site.run("dead-letters export", "-o", file().getParent().toString()).exits(0);
      correct(
          text ->
              text.replace("nobody(at)nowhere", "nobody@nowhere.example")
                  .replace(",9,Twice,", ",9009,Twice,")
                  .replaceAll("(?m)^.*,9,\"Müller.*\\n.*Łukasz.*$\\n", ""));
      String[] from = corrected ? new String[] {"--from", file().toString()} : new String[0];
      try (Launched replay = site.start("dead-letters replay", from)) {
        site.org()
            .hooks()
            .add(
                (point, request, bytes) -> {
                  if (point == RequestHook.Point.AFTER_COMMIT
                      && request.action().equals("ingest.create")) {
                    replay.kill();
                  }
                  return Effect.NONE;
                });
        replay.end().exits(137);
      }
      Shell.Result again =
          site.run("dead-letters replay", add(from, "--json")).exits(corrected ? 0 : 4);
      assertThat(again.json().path("failures")).isEmpty();
      JsonNode certificate = site.run("reconcile", "--json").json();
      assertThat(certificate.path("booksClosed").asBoolean()).as("%s", certificate).isTrue();
      assertThat(certificate.path("tables").path(1).path("deadLettered").asLong())
          .isEqualTo(corrected ? 0 : 2);
      if (corrected) {
        assertThat(site.run("dead-letters replay", from).exits(0).out()).contains("no refused row");
      }
    }
  }

  private static String[] add(String[] words, String word) {
    String[] more = Arrays.copyOf(words, words.length + 1);
    more[words.length] = word;
    return more;
  }

  @Test
  void anUndoneMigrationIsNotReplayed() {
    try (Site site = refused()) {
      site.run("undo", "--confirm", "crm-history").exits(0);
      JsonNode before = site.run("dead-letters list", "--json").exits(0).json();
      assertThat(site.run("dead-letters replay").exits(1).err()).contains("MIGRATION_UNDONE");
      assertThat(site.run("dead-letters list", "--json").exits(0).json()).isEqualTo(before);
    }
  }

  @Test
  void aFileThatDoesNotFitChangesNothing() throws IOException {
    try (Site site = refused()) {
      site.run("dead-letters export", "-o", file().getParent().toString()).exits(0);
      String good = Files.readString(file()).replace(",9,Twice,", ",9009,Twice,");
      refuses(site, "DEAD_LETTER_FILE", good.replace("Email__c", "Emial__c"));
      refuses(site, "DEAD_LETTER_FILE", good.replaceFirst("\\n\\d+,", "\n999999,"));
      refuses(site, "DEAD_LETTER_FILE", good.replaceFirst("\\n\\d+,", "\nx,"));
      refuses(site, "DEAD_LETTER_FILE", good.lines().findFirst().orElseThrow() + "\n");
      refuses(site, "DEAD_LETTER_FILE", "\0\u0001 garbage \"");
      refuses(site, "DEAD_LETTER_KEY", good.replace(",9009,Twice,", ",,Twice,"));
      refuses(site, "DEAD_LETTER_KEY", good.replace(",9009,Twice,", ",9 ,Twice,"));
      refuses(site, "DEAD_LETTER_KEY", good.replace(",7,", ",7007,"));
      assertThat(
              site.run("dead-letters replay", "--from", directory.resolve("none.csv").toString())
                  .exits(1)
                  .err())
          .contains("DEAD_LETTER_FILE");
      assertThat(site.run("dead-letters list", "--json").exits(0).json().path("groups")).hasSize(2);
    }
  }

  /** It might be a record that is there already: two rows would be one. */
  @Test
  void aKeyThatTheOrgTakesTooLongToLookForChangesNothing() throws IOException {
    try (Site site = refused()) {
      site.run("dead-letters export", "-o", file().getParent().toString()).exits(0);
      correct(text -> text.replace(",9,Twice,", ",9009,Twice,"));
      JsonNode before = site.run("dead-letters list", "--json").exits(0).json();
      site.org().faults(FaultPlan.on("query", 10_000, TIMEOUT));
      assertThat(site.run("dead-letters replay", "--from", file().toString()).exits(2).err())
          .contains("DEAD_LETTER_KEY_UNKNOWN", "External_ID__c 9 is not known");
      site.org().clearFaults();
      assertThat(site.run("dead-letters list", "--json").exits(0).json()).isEqualTo(before);
      site.run("dead-letters replay", "--from", file().toString());
      assertThat(site.org().records("Account").byExternalId("External_ID__c", "9009")).isPresent();
    }
  }

  @Test
  void theFirstRowsOfEachGroupAreListed() {
    try (Site site = refused()) {
      String list = site.run("dead-letters list", "--rows", "1").exits(0).out();
      assertThat(list.lines().filter(line -> line.matches(".*external id \\d+.*")))
          .hasSize(2)
          .anyMatch(line -> line.contains("INVALID_EMAIL_ADDRESS"))
          .anyMatch(line -> line.contains("EXTERNAL_ID_DUPLICATE"));
      JsonNode rows =
          site.run("dead-letters list", "--rows", "0", "--json").exits(0).json().path("rows");
      assertThat(rows).isEmpty();
    }
  }

  /** A spreadsheet adds a byte order mark and CR LF, and its Windows form has other bytes. */
  @Test
  void whatSpreadsheetsWriteIsReadExactlyOrRefused() throws IOException {
    try (Site site = refused()) {
      site.run("dead-letters export", "-o", file().getParent().toString()).exits(0);
      String good = keepOne(Files.readString(file()));
      byte[] windows = good.replace("Müller", "M\u0001ller").getBytes(StandardCharsets.UTF_8);
      int at = new String(windows, StandardCharsets.ISO_8859_1).indexOf('\u0001');
      windows[at] = (byte) 0xFC;
      Path wrong = Files.write(directory.resolve("windows.csv"), windows);
      assertThat(site.run("dead-letters replay", "--from", wrong.toString()).exits(1).err())
          .contains("DEAD_LETTER_FILE", "line 2, byte " + (at + 1) + " of the file (0xFC)");

      String sheet = "\uFEFF" + good.replaceAll("\n(?!né)", "\r\n");
      Path right = Files.writeString(directory.resolve("sheet.csv"), sheet);
      site.run("dead-letters replay", "--from", right.toString()).exits(4);
      assertThat(name(site, "9")).isEqualTo("Müller \"9\"\nné Łukasz");
    }
  }

  @Test
  void aFileSafeForSpreadsheetsComesBackExactly() throws IOException {
    List<String> names = List.of("=1+1", "'=1", "@SUM(A1)", "-5", "''quoted", "a=b");
    try (Site site = Site.open(directory)) {
      for (int id = 1; id <= names.size(); id++) {
        site.source()
            .run(
                "UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere', CUST_LAST_NAME = '%s' WHERE CUST_ID = %d"
                    .formatted(names.get(id - 1).replace("'", "''"), id));
      }
      site.run("run").exits(4);
      String to = file().getParent().toString();
      site.run("dead-letters export", "--safe-for-spreadsheets", "-o", to).exits(0);
      assertThat(file())
          .content()
          .contains(",'=1+1,", ",''=1,", ",'@SUM(A1),", ",'-5,", ",'''quoted,", ",a=b,");

      correct(text -> text.replace("nobody(at)nowhere", "nobody@nowhere.example"));
      site.run("dead-letters replay", "--from", file().toString()).exits(0);
      for (int id = 1; id <= names.size(); id++) {
        assertThat(name(site, Integer.toString(id))).isEqualTo(names.get(id - 1));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"../X, %2E.%2FX.csv", "/BIC/SALES, %2FBIC%2FSALES.csv"})
  void noNameOfATableLeadsOutOfTheDirectory(String table, String expected) throws IOException {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET COUNTRY_ID = 21 WHERE CUST_ID = 8");
      site.with("    object: Account", "    name: %s\n    object: Account".formatted(table));
      site.run("run").exits(4);
      Path letters = directory.resolve("letters");
      site.run("dead-letters export", "-o", letters.toString()).exits(0);
      try (Stream<Path> files = Files.list(letters)) {
        assertThat(files).containsExactly(letters.resolve(expected));
      }
      assertThat(directory.resolve("X.csv")).doesNotExist();
    }
  }

  private static String name(Site site, String id) {
    return site.org()
        .records("Account")
        .byExternalId("External_ID__c", id)
        .orElseThrow()
        .value("Name")
        .orElse("");
  }

  /** The header and the first row, corrected. */
  private static String keepOne(String text) {
    int end = text.indexOf("\n", text.indexOf("né Łukasz"));
    return text.substring(0, end + 1).replace("nobody(at)nowhere", "nobody@nowhere.example");
  }

  private void refuses(Site site, String code, String text) throws IOException {
    Path file = directory.resolve("wrong.csv");
    Files.writeString(file, text);
    assertThat(site.run("dead-letters replay", "--from", file.toString()).exits(1).err())
        .contains(code)
        .doesNotContain("\tat ");
  }
}
