package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.Correction;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.mapping.FieldRule;
import io.initload.pipeline.prepare.PlannedPass;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import io.initload.staging.CsvRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Judges rows as people wrote them, before they are entered: one that cannot be staged would end
 * every later run. Not thread-safe.
 */
final class CorrectedRow {
  private final Prepared table;
  private final Path file;
  private final Set<String> notLoaded;
  private final CsvRow row;

  /**
   * @throws Failure {@code NOT_PLANNED}, {@code MAPPING_CHANGED}
   */
  CorrectedRow(Workbench bench, Prepared table, Path file) {
    PlannedPass pass = new PlannedPass(bench, table);
    this.table = table;
    this.file = file;
    this.row = bench.staging().row(pass.find().header());
    this.notLoaded = pass.notLoaded();
  }

  /**
   * Refuses what cannot be loaded.
   *
   * @throws Failure {@code DEAD_LETTER_ROW}
   */
  void judge(ExceptionRow was, Correction now) {
    row.clear();
    row.rules(rules(was, now));
    for (String text : now.data()) {
      row.beginField();
      row.text(text);
      row.endField();
    }
    row.problem().ifPresent(why -> refuse(now, why));
    if (notLoaded.contains(table.keyForm().canonical(now.externalId()))) {
      refuse(now, "the row itself was not loaded, so there is no record to be linked");
    }
  }

  /** What is as it was has passed them, and in a file the text for null is meant. */
  private List<FieldRule> rules(ExceptionRow was, Correction now) {
    List<FieldRule> rules = new ArrayList<>(table.mapping().rules());
    for (int i = 0; i < rules.size(); i++) {
      String text = now.data().get(i);
      if (text.equals(FieldRule.NULL) || text.equals(was.data().get(i))) {
        rules.set(i, FieldRule.NONE);
      }
    }
    return rules;
  }

  private void refuse(Correction now, String why) {
    throw new Failure(
        Failure.Kind.CONFIGURATION,
        "DEAD_LETTER_ROW",
        "%s: row %d (external id %s) cannot be loaded: %s."
            .formatted(file, now.id(), now.externalId(), why),
        "Correct the row, or take it out of the file. Nothing was changed.");
  }
}
