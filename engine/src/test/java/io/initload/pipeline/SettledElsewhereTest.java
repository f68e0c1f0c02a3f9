package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.TableConfig.ErrorLimit;
import io.initload.ledger.WorkerBook;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.work.Checkpoint;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.source.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a host that is gone, settled by another one, which does not have the staged files. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class SettledElsewhereTest {
  private static final int ROWS = 2_000;

  /** External ids are numbers here, which results print as doubles: 9.12260031E8. */
  private static final String ACCOUNT =
      """
      {"name":"Account","label":"Account","keyPrefix":"001","fields":[
       {"name":"Name","label":"Name","type":"string","length":255,"nameField":true,
        "nillable":false},
       {"name":"External_ID__c","label":"External ID","type":"double","precision":18,"scale":0,
        "externalId":true,"unique":true,"idLookup":true}]}
      """;

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  SettledElsewhereTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void retriedRowsAreFoundByTheirNumberHoweverItIsPrinted() throws Exception {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT 912260000 + i, 'Name' FROM generate_series(1, %d) i"
            .formatted(ROWS));
    Path describes = Files.createDirectory(directory.resolve("describes"));
    Files.writeString(describes.resolve("Account.json"), ACCOUNT);
    MovedClock clock = new MovedClock();
    try (LocalMigration migration =
        new LocalMigration(
                OrgOptions.defaults().describes(describes),
                directory,
                tables.config(),
                LocalMigration.table("customers", ROWS))
            .clock(clock)
            .tables(t -> LocalMigration.bounded(t, 15, 5, ErrorLimit.NEVER))) {
      migration.org().faults(FaultPlan.on("job", 2, new Fault.LockStorm(0.04)));
      AtomicInteger counted = new AtomicInteger();
      migration.checkpoint(
          label -> {
            if (label.equals("settle.counted") && counted.incrementAndGet() == 2) {
              throw new SimulatedCrash(label);
            }
          });
      assertThatThrownBy(migration::run).hasCauseInstanceOf(SimulatedCrash.class);

      migration.checkpoint(Checkpoint.NONE).host("there");
      clock.forward(WorkerBook.LEASE.plusSeconds(1));
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      TableBooks books = outcome.books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.created()).isEqualTo(ROWS);
      List<JobInfo> jobs =
          migration.org().jobs().stream().sorted(Comparator.comparing(JobInfo::created)).toList();
      assertThat(jobs).as("all, those refused once, those refused twice").hasSize(3);
      assertThat(jobs.get(1).rows()).isPositive().isEqualTo(jobs.get(0).failed());
      assertThat(jobs.get(2).rows()).isPositive().isEqualTo(jobs.get(1).failed());
      assertThat(migration.org().records("Account").count()).isEqualTo(ROWS);
    }
  }
}
