package io.initload.pipeline;

import io.initload.config.MigrationConfig;
import io.initload.mapping.Finding;
import io.initload.mapping.SourceColumn;
import io.initload.plan.LoadEstimate;
import io.initload.plan.ReadingTime;
import io.initload.source.SourceDatabase;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Whether the source keeps a snapshot for as long as a migration reads.
 *
 * @param text what is known, for people; empty where a snapshot does not age
 */
record UndoCheck(String text, List<Finding> findings) {
  /**
   * Asks the source.
   *
   * @param groups estimates of the tables, one group after the other
   */
  static UndoCheck of(
      MigrationConfig config,
      SourceDatabase source,
      Collection<Prepared> tables,
      List<LoadEstimate> groups) {
    Duration reading =
        ReadingTime.of(
            groups,
            config.staging().maxBytes().bytes(),
            config.target().dailyRecords(),
            config.target().dailyBatches());
    boolean lobs = tables.stream().anyMatch(UndoCheck::lobs);
    return source
        .undo()
        .map(undo -> new UndoCheck(undo.describe(reading, lobs), undo.judge(reading, lobs)))
        .orElse(new UndoCheck("", List.of()));
  }

  private static boolean lobs(Prepared table) {
    return table.mapping().reads().stream()
        .flatMap(read -> table.shape().column(read.column()).stream())
        .anyMatch(UndoCheck::lob);
  }

  private static boolean lob(SourceColumn column) {
    return switch (column.type()) {
      case LONG_TEXT, JSON, XML -> true;
      default -> column.declared().contains("LOB");
    };
  }
}
