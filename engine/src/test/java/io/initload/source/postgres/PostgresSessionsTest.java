package io.initload.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.PostgresServer;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceFailure;
import io.initload.source.SourceFailure.Action;
import io.initload.source.SourceRows;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sessions of a PostgreSQL server: what they are told, how long they wait, what their errors mean.
 */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class PostgresSessionsTest {
  private static final SourceName T = new SourceName("", "t");

  private final PostgresServer.Database tables;

  PostgresSessionsTest(PostgresServer server) {
    this.tables = server.database();
  }

  /** A statement that plans is silent for long; in seconds. */
  @Test
  void theServerProbesASilentSession() {
    tables.run(
        "CREATE VIEW probes AS SELECT concat_ws(' ', current_setting('tcp_keepalives_idle'),"
            + " current_setting('tcp_keepalives_interval'),"
            + " current_setting('tcp_keepalives_count')) AS p");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThat(
              SourceRows.rows(
                  database.read(
                      new SourceName("", "probes"),
                      new ChunkBounds.Whole(),
                      database.snapshot(),
                      List.of(new ColumnRead("p", Rendering.TEXT)),
                      ZoneOffset.UTC,
                      "test"),
                  1))
          .containsExactly(List.of("60 30 6"));
    }
  }

  @Test
  void saysWhatIsWrongAndWhetherToTryAgain() {
    tables.run("CREATE TABLE t (id int)", "CREATE ROLE poor LOGIN PASSWORD 'poor'");
    SourceConfig good = tables.config();
    fails("SOURCE_LOGIN", Action.STOP, () -> SourceDatabase.open(as(good, tables.user(), "wrong")));
    fails(
        "SOURCE_UNREACHABLE",
        Action.WAIT,
        () -> SourceDatabase.open(tables.config("jdbc:postgresql://127.0.0.1:1/" + tables.name())));
    fails(
        "SOURCE_UNREACHABLE",
        Action.STOP,
        () ->
            SourceDatabase.open(
                tables.config("jdbc:postgresql://127.0.0.1:" + tables.port() + "/nowhere")));
    try (SourceDatabase database = SourceDatabase.open(good);
        SourceDatabase poor = SourceDatabase.open(as(good, "poor", "poor"))) {
      assertThatThrownBy(() -> database.shape(new SourceName("", "T")))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("Did you mean t?");
      fails(
          "SOURCE_PRIVILEGE",
          Action.STOP,
          () -> poor.count(T, new ChunkBounds.Whole(), Snapshot.UNMARKED));
      Snapshot gone;
      try (SourceDatabase other = SourceDatabase.open(good)) {
        gone = other.snapshot();
        database.count(T, new ChunkBounds.Whole(), gone);
      }
      fails(
          "SOURCE_SNAPSHOT_TOO_OLD",
          Action.NEW_SNAPSHOT,
          () -> database.count(T, new ChunkBounds.Whole(), gone));
    }
  }

  @Test
  void onlyWhoPlansOrCountsWaitsForASilentStatement() {
    tables.run("CREATE VIEW slow AS SELECT 1 AS id WHERE pg_sleep(1.6) IS NOT NULL");
    SourceName slow = new SourceName("", "slow");
    SourceConfig patient = tables.config(tables.config().url() + "?socketTimeout=1");
    try (SourceDatabase database = SourceDatabase.open(patient)) {
      assertThat(database.count(slow, new ChunkBounds.Whole(), Snapshot.UNMARKED)).isEqualTo(1);
      // The same session, given back meanwhile.
      fails(
          "SOURCE_READ",
          Action.READ_AGAIN,
          () ->
              SourceRows.rows(
                  database.read(
                      slow,
                      new ChunkBounds.Whole(),
                      Snapshot.UNMARKED,
                      List.of(new ColumnRead("id", Rendering.NUMBER)),
                      ZoneOffset.UTC,
                      "test"),
                  1));
    }
    SourceConfig impatient =
        SourceConfigs.like(patient)
            .url(tables.config().url())
            .sessions(1)
            .parallelHint(0)
            .planTimeout(Duration.ofSeconds(1))
            .build();
    try (SourceDatabase database = SourceDatabase.open(impatient)) {
      fails(
          "SOURCE_READ",
          Action.READ_AGAIN,
          () -> database.count(slow, new ChunkBounds.Whole(), Snapshot.UNMARKED));
    }
  }

  private static SourceConfig as(SourceConfig config, String user, String password) {
    return SourceConfigs.of(config.url(), user, password).sessions(2).build();
  }

  private static void fails(
      String code, Action action, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SourceFailure.class,
            f -> {
              assertThat(f.code()).as(f.getMessage()).isEqualTo(code);
              assertThat(f.action()).as(f.getMessage()).isEqualTo(action);
            });
  }
}
