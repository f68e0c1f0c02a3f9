package io.initload.ledger;

import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Booking;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartKind;
import io.initload.ledger.entry.Passes;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Refusals;
import io.initload.ledger.entry.Refused;
import io.initload.ledger.entry.Reservation;
import io.initload.ledger.entry.Staged;
import io.initload.ledger.entry.Worker;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A ledger with one table, and the acts of workers on it, without files and without an org. */
public record Books(Ledger ledger) {
  private static final Refusals NONE_REFUSED =
      new Refusals() {
        @Override
        public long count() {
          return 0;
        }

        @Override
        public void each(Consumer<Refused> row) {}
      };

  public static final Worker ME = new Worker("me", "here", 1, 1);
  public static final Allowance PLENTY = new Allowance("00D1", 15, 150_000_000, 15_000);

  /** Where a ledger may be. */
  enum Kind {
    SQLITE,
    POSTGRESQL;

    LedgerConfig config(Path directory, PostgresServer server) {
      if (this == SQLITE) {
        return new LedgerConfig(
            "jdbc:sqlite:" + directory.resolve("books/ledger.db"), "", Secret.NONE);
      }
      PostgresServer.Database database = server.database();
      return new LedgerConfig(database.url(), database.user(), new Secret(database.password()));
    }
  }

  public void planTable(long rows, int chunks) {
    ledger.migrations().begin("00D1", "acme.my.salesforce.com", Snapshot.UNMARKED);
    ledger
        .tables()
        .plan(
            Passes.of("SALES", rows),
            IntStream.range(0, chunks)
                .mapToObj(
                    i ->
                        new PlannedChunk(
                            new ChunkBounds.KeyRange(
                                List.of("ID"), List.of("" + i), List.of("" + (i + 1))),
                            rows / chunks,
                            true))
                .toList());
  }

  public Chunk claim(Worker worker) {
    return ledger.chunks().claim(List.of("SALES"), worker).orElseThrow();
  }

  public void stage(Chunk chunk, Worker worker, long rows) {
    stage(chunk, worker, rows, "here", Path.of("/tmp/x.csv.gz"));
  }

  void stage(Chunk chunk, Worker worker, long rows, String host, Path file) {
    NewPart part =
        new NewPart(
            OptionalLong.of(chunk.no()),
            PartKind.DATA,
            chunk.label() + "-001",
            host,
            file,
            rows,
            1000,
            100,
            "00",
            0,
            false);
    ledger
        .chunks()
        .staged(
            chunk, worker, new Staged(rows, Quarantine.EMPTY, List.of(part), List.of(), List.of()));
  }

  public Reservation reserve(Allowance allowance) {
    return ledger.quota().reserve(ME, Map.of("SALES", 15), 15, allowance);
  }

  void run(Reservation.Granted granted, Worker worker) {
    ledger.jobs().created(granted.job(), worker, "7508d00000" + (10000 + granted.job().id()));
    ledger.jobs().uploaded(granted.job(), worker);
    ledger.jobs().submitted(granted.job(), worker);
    ledger.jobs().ended(granted.job(), worker, Job.State.COMPLETE, granted.part().rows(), 0, "");
  }

  void loadAll(Worker worker) {
    while (reserve(PLENTY) instanceof Reservation.Granted granted) {
      run(granted, worker);
      Part part = ledger.parts().claimEnded(worker).orElseThrow().part();
      ledger.parts().settle(part, worker, "750x", booking(part.rows()));
    }
  }

  static Booking booking(long created) {
    return new Booking(
        created, 0, Set.of(), Set.of(), NONE_REFUSED, Optional.empty(), 0, Optional.empty());
  }
}
