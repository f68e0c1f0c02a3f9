package io.initload.cli.console;

import io.initload.cli.metrics.Exposition;
import io.initload.cli.metrics.Metric;
import io.initload.cli.text.Console;
import io.initload.config.TargetConfig;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.MigrationStatus;
import io.initload.pipeline.view.LedgerView;
import io.initload.report.RunHistory;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The paths under which data are asked for, and what is answered. */
final class Facts {
  private final LedgerView view;
  private final TargetConfig target;
  private final Clock clock;
  private final Map<String, Function<Query, Answer>> paths;

  Facts(LedgerView view, TargetConfig target, KeptCertificate certificate, Clock clock) {
    this.view = view;
    this.target = target;
    this.clock = clock;
    this.paths =
        Map.ofEntries(
            Map.entry("/facts", q -> Answer.json(now())),
            Map.entry("/metrics", q -> Answer.of(Exposition.TYPE, Exposition.of(metrics()))),
            Map.entry("/chunks", this::chunks),
            Map.entry("/jobs", this::jobs),
            Map.entry("/held", q -> Answer.json(view.held())),
            Map.entry("/held/rows", this::rows),
            Map.entry("/held/row", this::row),
            Map.entry("/throughput.svg", q -> throughput()),
            Map.entry("/certificate", q -> certificate.shown()),
            Map.entry("/report", q -> certificate.page()));
  }

  /** What may be used of the org, by the configuration. */
  private record Allowed(int jobs, long records, long batches) {}

  /**
   * What is sent again and again.
   *
   * @param at when the ledger was asked
   * @param status what {@code initload status --json} prints
   */
  private record Now(Instant at, MigrationStatus status, Allowed allowed) {}

  private Now now() {
    return new Now(
        clock.instant(),
        view.status(),
        new Allowed(target.maxConcurrentJobs(), target.dailyRecords(), target.dailyBatches()));
  }

  /** What metrics are made of. */
  Metric.Facts metrics() {
    return new Metric.Facts(view.status(), target);
  }

  /** The facts as one line. */
  String line() {
    return Console.compact(now());
  }

  Optional<Answer> find(String path, Query query) {
    return Optional.ofNullable(paths.get(path)).map(answer -> answer.apply(query));
  }

  private Answer chunks(Query query) {
    return Answer.json(
        view.chunks(
            query.needed("table"),
            query.constant("state", Chunk.State.class),
            query.number("after", 0)));
  }

  private Answer jobs(Query query) {
    return Answer.json(view.jobs(query.text("table"), query.number("before", Long.MAX_VALUE)));
  }

  private Answer rows(Query query) {
    ExceptionRow.State state =
        query
            .constant("state", ExceptionRow.State.class)
            .orElseThrow(() -> new Query.Mistake("state is missing."));
    return Answer.json(
        view.held(query.needed("table"), state, query.needed("code"), query.number("after", 0)));
  }

  private Answer row(Query query) {
    return view.row(query.needed("table"), query.number("id", 0))
        .map(Answer::json)
        .orElseGet(() -> Answer.refused(404, "No row that needs a person has this number."));
  }

  private Answer throughput() {
    RunHistory history = new RunHistory(Optional.empty(), view.status().throughput());
    return Answer.of("image/svg+xml", history.speed());
  }
}
