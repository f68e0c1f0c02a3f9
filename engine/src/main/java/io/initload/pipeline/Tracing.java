package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.entry.Pass;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prepare.PlannedPass;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.RowTrace;
import io.initload.pipeline.prove.RowTracer;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.PassKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Follows a row from the source into the org, by its external id. Changes nothing. */
public final class Tracing {
  private Tracing() {}

  /**
   * What is known of a row, pass by pass; of tables that nobody knows it in, nothing. Of the passes
   * that make a table's records the one is told that took the row up, since a row is of one of
   * them; before any did, each that may. Where the row is of no pass, its record, once.
   *
   * @param phases the tables it is looked for in
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code MAPPING_CHANGED}
   */
  public static List<RowTrace> of(Workbench bench, Phases phases, String externalId)
      throws InterruptedException {
    new Enrolment(bench).known();
    Map<String, List<Followed>> byTable = new LinkedHashMap<>();
    for (Prepared table : phases.tables()) {
      if (bench.ledger().tables().pass(table.name()).isPresent()) {
        Pass pass = new PlannedPass(bench, table).find();
        RowTrace trace = new RowTracer(bench, table, pass).trace(externalId);
        byTable
            .computeIfAbsent(table.table(), t -> new ArrayList<>())
            .add(new Followed(table.kind(), trace));
      }
    }
    return byTable.values().stream().flatMap(Tracing::told).map(Followed::trace).toList();
  }

  private record Followed(PassKind kind, RowTrace trace) {
    boolean made() {
      return kind.makesRecords() && trace.taken();
    }
  }

  private static Stream<Followed> told(List<Followed> passes) {
    boolean made = passes.stream().anyMatch(Followed::made);
    List<Followed> own =
        passes.stream()
            .filter(f -> f.trace().ofThisPass())
            .filter(f -> f.made() || !made || !f.kind().makesRecords())
            .toList();
    return own.isEmpty() ? passes.stream().filter(f -> f.trace().known()).limit(1) : own.stream();
  }
}
