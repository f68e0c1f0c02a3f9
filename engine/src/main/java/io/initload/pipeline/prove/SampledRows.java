package io.initload.pipeline.prove;

import io.initload.ledger.ChunkBook.Drawn;
import io.initload.mapping.RowMapping;
import io.initload.mapping.org.OrgNames;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.source.RowCursor;
import io.initload.staging.CsvRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a sample as they are sent, read from the source again. Where a lookup has a fallback, a
 * name may have stood for another id when its row was loaded: for that of a user who is switched
 * off now, or for the fallback, since its user was made later.
 */
public final class SampledRows {
  private final Workbench bench;
  private final Prepared table;
  private final Snapshot at;
  private final List<RowMapping> before;

  /**
   * @param at shows the rows as they were read
   */
  public SampledRows(Workbench bench, Prepared table, Snapshot at) {
    this.bench = bench;
    this.table = table;
    this.at = at;
    RowMapping now = table.mapping();
    this.before =
        now.fallsBack()
            ? List.of(now.named(OrgNames::inUse), now.named(OrgNames::unknown))
            : List.of();
  }

  /**
   * What rows are sent as now, and after that what they may have been sent as, of which only fields
   * with ids in the place of names are given; by external id in canonical form.
   */
  Map<String, List<List<String>>> of(List<Drawn> samples) {
    List<String> keyColumns =
        table.config().fields().stream()
            .filter(field -> field.field().equals(table.config().externalId()))
            .flatMap(field -> field.feed().columns().stream())
            .toList();
    Map<String, List<List<String>>> found = new HashMap<>();
    CsvRow row = new CsvRow();
    row.rules(table.mapping().rules());
    try (RowCursor cursor =
        bench
            .source()
            .readByKeys(
                table.config().source(),
                at,
                table.mapping().reads(),
                keyColumns,
                samples.stream().map(drawn -> drawn.row().keyValues()).toList(),
                table.config().sourceZone())) {
      while (cursor.next()) {
        row.clear();
        table.mapping().render(cursor, row);
        List<List<String>> readings = new ArrayList<>(List.of(new ArrayList<>(row.texts())));
        before.forEach(mapping -> readings.add(rendered(mapping, cursor)));
        String key = readings.get(0).get(table.mapping().keyField());
        found.put(table.keyForm().canonical(key), readings);
      }
    }
    return found;
  }

  private static List<String> rendered(RowMapping mapping, RowCursor cursor) {
    CsvRow row = new CsvRow();
    mapping.render(cursor, row);
    return new ArrayList<>(row.texts());
  }
}
