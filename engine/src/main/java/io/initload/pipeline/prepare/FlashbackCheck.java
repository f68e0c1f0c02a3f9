package io.initload.pipeline.prepare;

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
public record FlashbackCheck(String text, List<Finding> findings) {
  /**
   * Asks the source.
   *
   * @param groups estimates of the tables, one group after the other
   */
  public static FlashbackCheck of(
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
    boolean lobs = tables.stream().anyMatch(FlashbackCheck::lobs);
    return source
        .undo()
        .map(undo -> new FlashbackCheck(undo.describe(reading, lobs), undo.judge(reading, lobs)))
        .orElse(new FlashbackCheck("", List.of()));
  }

  private static boolean lobs(Prepared table) {
    return table.mapping().reads().stream()
        .flatMap(read -> table.shape().column(read.column()).stream())
        .anyMatch(FlashbackCheck::lob);
  }

  private static boolean lob(SourceColumn column) {
    return switch (column.type()) {
      case LONG_TEXT, JSON, XML -> true;
      default -> column.declared().contains("LOB");
    };
  }
}
