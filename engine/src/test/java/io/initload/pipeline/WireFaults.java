package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.source.WireOracle;
import java.nio.file.Path;
import java.util.List;

/** A small table in a stand-in for Oracle that is to misbehave, and a migration of it. */
final class WireFaults {
  static final int ROWS = 600;

  private final WireOracle.User user;

  WireFaults(WireOracle oracle) {
    this.user = oracle.user("SELECT ON SYS.V_$DATABASE");
    user.run(
        "CREATE TABLE t (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40))",
        "INSERT INTO t SELECT LEVEL, 'Name ' || LEVEL FROM DUAL CONNECT BY LEVEL <= " + ROWS);
  }

  WireOracle.User user() {
    return user;
  }

  SourceConfig config() {
    return user.config();
  }

  /** A rule for this user's calls; {@code when} is further keys of a rule, or empty. */
  String rule(String call, String when, String then) {
    return "{\"when\": {\"call\": \"%s\", \"user\": \"%s\"%s}, \"then\": {%s}}"
        .formatted(call, user.name(), when.isEmpty() ? "" : ", " + when, then);
  }

  /** A rule for the fetches of chunks' rows. */
  String rows(String when, String then) {
    return rule("fetch", "\"statement\": \"*\\\"name\\\"*\", " + when, then);
  }

  static String plan(List<String> rules) {
    return "{\"faults\": [" + String.join(", ", rules) + "]}";
  }

  static String plan(String... rules) {
    return plan(List.of(rules));
  }

  LocalMigration migration(Path directory, SourceConfig source, long chunkRows) {
    return new LocalMigration(directory, source, LocalMigration.table("T", chunkRows));
  }

  /** Whether it is reported or thrown. */
  static Failure failure(LocalMigration migration) throws InterruptedException {
    try {
      List<Failure> failures = migration.run().failures();
      assertThat(failures).hasSize(1);
      return failures.get(0);
    } catch (Failure e) {
      return e;
    }
  }

  static void complete(LocalMigration migration) throws InterruptedException {
    RunOutcome outcome = migration.run();
    assertThat(outcome.failures()).isEmpty();
    whole(migration, outcome);
  }

  static void whole(LocalMigration migration, RunOutcome outcome) {
    assertThat(outcome.books().get("T").closed()).isTrue();
    assertThat(migration.loaded("Name")).hasSize(ROWS).containsEntry("77", "Name 77");
  }
}
