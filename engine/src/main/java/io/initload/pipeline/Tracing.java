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
import java.util.ArrayList;
import java.util.List;

/** Follows a row from the source into the org, by its external id. Changes nothing. */
public final class Tracing {
  private Tracing() {}

  /**
   * What is known of a row, pass by pass; of tables that nobody knows it in, nothing.
   *
   * @param phases the tables it is looked for in
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code MAPPING_CHANGED}
   */
  public static List<RowTrace> of(Workbench bench, Phases phases, String externalId)
      throws InterruptedException {
    new Enrolment(bench).known();
    List<RowTrace> traces = new ArrayList<>();
    for (Prepared table : phases.tables()) {
      if (bench.ledger().tables().pass(table.name()).isPresent()) {
        Pass pass = new PlannedPass(bench, table).find();
        traces.add(new RowTracer(bench, table, pass).trace(externalId));
      }
    }
    return traces.stream().filter(RowTrace::known).toList();
  }
}
