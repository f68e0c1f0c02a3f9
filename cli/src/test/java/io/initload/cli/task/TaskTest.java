package io.initload.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Launched;
import io.initload.cli.OracleFile;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.config.read.TaskRequest;
import io.initload.simulator.hook.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration step by step. */
@Tag("system")
class TaskTest {
  private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);
  private static final Map<String, Object> CUSTOMERS = Map.of("table", "CUSTOMERS");
  private static final Map<String, Object> CHUNK = Map.of("table", "CUSTOMERS", "chunk", 1);

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = Site.open(directory);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void everyStepFromPreflightToCleanup() throws Exception {
    for (String table : List.of("COUNTRIES", "CUSTOMERS")) {
      Map<String, Object> request = Map.of("table", table);
      run("preflight", request, 0).status("done");
      JsonNode plan = run("plan", request, 0).status("done").result();
      assertThat(plan.path("chunks")).hasSize(1);
      assertThat(plan.path("chunks").path(0).path("name").asText()).isEqualTo(table + "-00001");
      assertThat(plan.path("books").path(0).path("name").asText()).isEqualTo(table);
      Map<String, Object> chunk = Map.of("table", table, "chunk", 1);
      run("move", chunk, 0).status("done");
      assertThat(run("collect", chunk, 0).status("done").result().path("jobs")).isEmpty();
      assertThat(run("move", chunk, 0).status("done").result().path("jobs")).isEmpty();
      run("finish", request, 0).status("done");
      JsonNode summary =
          run("summarise", Map.of("table", table, "report", directory.toString()), 0)
              .status("done")
              .result();
      assertThat(summary.path("closed").asBoolean()).isTrue();
      assertThat(Path.of(summary.path("report").asText())).isNotEmptyFile();
    }
    JsonNode proof =
        run("reconcile", Map.of("level", "sample", "report", directory.toString()), 0)
            .status("done")
            .result();
    assertThat(proof.path("closed").asBoolean()).isTrue();
    assertThat(proof.path("text").asText()).contains("The books close");
    Path page = Path.of(proof.path("report").asText());
    assertThat(Files.readString(page)).contains("CUSTOMERS");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
        .isEqualTo("rw-------");
    run("cleanup", Map.of(), 0).status("done");
    assertThat(site.org().records("Account").count()).isEqualTo(2_000);
    assertThat(site.org().records("Country__c").count()).isEqualTo(Site.COUNTRIES);
  }

  @Test
  void rowsThatNeedAPersonAreNoFailureOfAChunkButOneOfTheSummary() {
    site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'no mail' WHERE CUST_ID = 7");
    run("plan", Map.of(), 0);
    run("finish", Map.of("table", "COUNTRIES"), 0);
    assertThat(run("summarise", CUSTOMERS, 3).failure()).isEqualTo("BOOKS_OPEN");
    assertThat(run("collect", CHUNK, 0).status("waiting").failure()).isEqualTo("CHUNK_LOST");
    run("move", CHUNK, 0);
    run("collect", CHUNK, 0).status("done");
    JsonNode books = run("summarise", CUSTOMERS, 4).status("done").result().path("books").path(0);
    assertThat(books.path("deadLettered").asLong()).isEqualTo(1);
    assertThat(books.path("closed").asBoolean()).isTrue();
    site.source().run("INSERT INTO CUSTOMERS VALUES (4711, 'Late', 1, NULL)");
    assertThat(run("reconcile", CUSTOMERS, 6).status("failed").failure()).isEqualTo("MISMATCH");
  }

  @Test
  void whichKeysSeveralRowsShareIsAskedOnceForATable() throws SQLException {
    site.source()
        .run(
            "ALTER TABLE CUSTOMERS DROP PRIMARY KEY",
            "UPDATE CUSTOMERS SET CUST_ID = 1 WHERE CUST_ID = 2000");
    site.with("chunking: {rows: 10000}", "chunking: {strategy: rownum, rows: 500}");
    try (Connection kept = site.source().connect();
        Statement statement = kept.createStatement()) {
      statement.execute("SET QUERY_STATISTICS TRUE");
      run("plan", Map.of(), 0);
      run("finish", Map.of("table", "COUNTRIES"), 0);
      for (int chunk = 1; chunk <= 4; chunk++) {
        run("move", Map.of("table", "CUSTOMERS", "chunk", chunk), 0);
      }
      try (ResultSet asked =
          statement.executeQuery(
              "SELECT SUM(EXECUTION_COUNT) FROM INFORMATION_SCHEMA.QUERY_STATISTICS WHERE"
                  + " SQL_STATEMENT LIKE 'SELECT % t.\"CUST_ID\" FROM \"PUBLIC\".\"CUSTOMERS\""
                  + " t'")) {
        asked.next();
        assertThat(asked.getInt(1)).as("that some repeat, and which").isEqualTo(2);
      }
    }
    run("finish", CUSTOMERS, 0);
    assertThat(site.org().records("Account").count()).isEqualTo(1_998);
  }

  @Test
  void aWrongRequestSaysWhatItShouldBe() {
    assertThat(message("plan", Map.of("tabel", "CUSTOMERS"), "CONFIG"))
        .contains("tabel: is not a known setting; did you mean table?");
    assertThat(message("plan", Map.of("table", "CUSTOMER"), "USAGE"))
        .contains("did you mean CUSTOMERS?");
    assertThat(message("move", CUSTOMERS, "USAGE")).contains("no chunk");
    assertThat(message("move", CHUNK, "NOT_BEGUN")).contains("crm-history");
    assertThat(message("reconcile", Map.of("level", "deep"), "CONFIG")).contains("count");
    run("plan", Map.of("table", "COUNTRIES"), 0);
    assertThat(message("move", CHUNK, "NOT_PLANNED")).contains("CUSTOMERS");
    run("plan", CUSTOMERS, 0);
    assertThat(message("move", Map.of("table", "CUSTOMERS", "chunk", 9), "CHUNK_UNKNOWN"))
        .contains("no chunk 9");
  }

  private String message(String step, Map<String, Object> request, String code) {
    Task.Ended ended = run(step, request, 1).status("failed");
    assertThat(ended.failure()).isEqualTo(code);
    JsonNode failure = ended.result().path("failure");
    assertThat(failure.path("remedy").asText()).isNotEmpty();
    assertThat(ended.log()).doesNotContain(OracleFile.PASSWORD).doesNotContain("\tat ");
    return failure.path("message").asText();
  }

  /** Nothing but JSON leaves the process, also when its command line is wrong. */
  @Test
  void aWrongCommandLineIsToldInTheLog() {
    Shell.Result end = Launched.start(directory, "task", "fly").end().exits(1);
    assertThat(end.out()).isEmpty();
    assertThat(Shell.parse(end.err()).path("code").asText()).isEqualTo("USAGE");
  }

  @Test
  void anotherTablesWrongEntryKeepsNoTableFromItsWork() {
    site.with("object: Account", "objct: Account");
    Map<String, Object> countries = Map.of("table", "COUNTRIES");
    for (String step : List.of("preflight", "plan", "finish", "reconcile")) {
      assertThat(run(step, countries, 0).status("done").log()).contains("objct");
      assertThat(run(step, CUSTOMERS, 1).failure()).isEqualTo("CONFIG");
      assertThat(run(step, Map.of(), 1).failure()).isEqualTo("CONFIG");
    }
    assertThat(books(run("summarise", Map.of(), 0))).containsExactly("COUNTRIES");
  }

  /** What is wrong with one table, or away for it alone, is no other's matter. */
  @Test
  void aTableIsPlannedWithoutAWordAboutTheOthers() {
    Set<String> described = ConcurrentHashMap.newKeySet();
    site.org()
        .hooks()
        .add(
            (point, request, bytes) -> {
              if (request.path().endsWith("/describe")) {
                described.add(request.path().replaceAll(".*/sobjects/|/describe", ""));
              }
              return Effect.NONE;
            });
    run("plan", Map.of("table", "COUNTRIES"), 0);
    assertThat(described).containsExactly("Country__c");
  }

  @Test
  void tablesThatArePlannedOneByOneKeepTheirPlacesAndTheirCircles() {
    site.config(
        text ->
            text.replace("phases: [reference, customers]", "phases: [all]")
                .replaceAll("phase: \\w+", "phase: all"));
    run("plan", CUSTOMERS, 0);
    run("plan", Map.of("table", "COUNTRIES"), 0);
    JsonNode undone = site.run("undo", "--json").exits(0).json().path("tables");
    assertThat(undone.findValuesAsText("table")).containsExactly("CUSTOMERS", "COUNTRIES");
    site.config(
        text ->
            text.replace("phases: [reference, customers]", "phases: [customers, reference]")
                .replace("name: crm-history", "name: backwards"));
    JsonNode planned = run("plan", CUSTOMERS, 0).result();
    assertThat(planned.path("chunks").findValuesAsText("table")).containsOnly("CUSTOMERS");
    assertThat(planned.path("books").findValuesAsText("name")).containsExactly("CUSTOMERS");
    run("finish", CUSTOMERS, 0);
    run("finish", Map.of("table", "COUNTRIES"), 0);
    JsonNode linked = run("finish", Map.of("phase", "reference"), 0).result();
    assertThat(linked.path("books").findValuesAsText("name"))
        .containsExactly("COUNTRIES", "CUSTOMERS", "CUSTOMERS:links");
    assertThat(linked.path("books").findValuesAsText("closed")).containsOnly("true");
  }

  @Test
  void theBooksNeedNeitherSourceNorOrg() {
    run("plan", Map.of(), 0);
    run("finish", Map.of("table", "COUNTRIES"), 0);
    site.config(
        text ->
            text.replace(site.source().url(), "jdbc:h2:tcp://127.0.0.1:1/gone")
                .replace(site.org().loginUrl(), "http://127.0.0.1:1"));
    Task.Ended open = run("summarise", Map.of(), 3);
    assertThat(open.failure()).isEqualTo("BOOKS_OPEN");
    assertThat(books(open)).containsExactly("COUNTRIES", "CUSTOMERS");
    run("summarise", Map.of("table", "COUNTRIES"), 0).status("done");
    run("summarise", Map.of("report", directory.toString()), 2);
    site.config(text -> text.replace("name: crm-history", "name: another"));
    assertThat(run("summarise", Map.of(), 1).failure()).isEqualTo("NOT_BEGUN");
  }

  @Test
  void aTableThatFailedHasAReport() throws IOException {
    run("plan", Map.of(), 0);
    Task.Ended failed =
        run("summarise", Map.of("table", "CUSTOMERS", "report", directory.toString()), 3);
    assertThat(failed.failure()).isEqualTo("BOOKS_OPEN");
    assertThat(Files.readString(Path.of(failed.result().path("report").asText())))
        .contains("CUSTOMERS");
  }

  private static List<String> books(Task.Ended ended) {
    return ended.result().path("books").findValuesAsText("name");
  }

  @Test
  void theSameConfigurationRunsUnderAnotherName() {
    for (String name : List.of("monday", "tuesday")) {
      run("plan", Map.of("migration", name), 0);
      run("finish", Map.of("migration", name), 0);
    }
    JsonNode books =
        run("reconcile", Map.of("migration", "tuesday", "level", "count"), 0)
            .result()
            .path("books");
    assertThat(books.findValuesAsText("updated")).containsExactly("" + Site.COUNTRIES, "2000");
  }

  @Test
  void aTrialIsPlannedUnderANameOfItsOwn() {
    JsonNode planned = run("plan", Map.of("trial", 5), 0).result();
    assertThat(planned.path("chunks").findValuesAsText("rows")).containsExactly("5", "500");
    JsonNode whole = run("plan", Map.of(), 0).result();
    assertThat(whole.path("chunks").findValuesAsText("rows")).containsExactly("20", "2000");
    assertThat(run("plan", Map.of("trial", "all"), 1).result().path("failure").toString())
        .contains("is neither a percentage");
  }

  @Test
  void whatTheDocumentationShowsWorks() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "task.md"));
    String request = JSON.matcher(page).results().findFirst().orElseThrow().group(1);
    Path file = Files.writeString(directory.resolve("shown.json"), request);
    assertThat(TaskRequest.read(file).chunk()).hasValue(2);
    Path plan = Files.writeString(directory.resolve("plan.json"), shown(""));
    Path chunk =
        Files.writeString(
            directory.resolve("chunk.json"), shown(", \"table\": \"COUNTRIES\", \"chunk\": 1"));
    String commands = SHELL.matcher(page).results().findFirst().orElseThrow().group(1);
    for (String command : commands.strip().lines().toList()) {
      String words =
          command
              .substring("initload ".length())
              .replace("plan.json", plan.toString())
              .replace("chunk.json", chunk.toString())
              .replace("result.json", directory.resolve("result.json").toString());
      Shell.run(words.split(" ", -1)).exits(0);
    }
    assertThat(site.org().records("Account").count()).isEqualTo(2_000);
  }

  private String shown(String more) {
    return "{\"config\": \"" + site.config() + "\"" + more + "}";
  }

  private Task.Ended run(String step, Map<String, Object> request, int code) {
    return Task.run(site, step, request, code);
  }
}
