package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.pipeline.work.OrgRecords;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.records.RecordQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of an insert of which no result says that they were tried (ADR 32). Sent again, one that was
 * written all the same would become a second record: each is looked for in the org first, by the
 * field that tells rows apart. Those that are there are booked as created; only of the others it is
 * known that they are not.
 */
final class InsertedRows {
  /** Rows asked for together; keeps a query's answer to one page. */
  private static final int ROWS = 200;

  private final EndedJob ended;
  private final Fates fates;
  private final OrgRecords records;
  private final Map<String, Integer> asked = new LinkedHashMap<>();

  private InsertedRows(Workbench bench, EndedJob ended, Fates fates) {
    this.ended = ended;
    this.fates = fates;
    String key = ended.table().keyColumn();
    String object = ended.table().config().object();
    this.records =
        new OrgRecords(
            new RecordQuery(bench.org(), object, key, List.of()), key, ended.table().keyForm());
  }

  /**
   * Books the rows that are there.
   *
   * @throws Failure {@code INSERT_IN_DOUBT} when the org does not say in time whether a row is
   *     there or when the file that names the rows is not here; nothing is sent again then
   */
  static void settle(Workbench bench, EndedJob ended, Fates fates) throws InterruptedException {
    if (ended.table().inserts() && fates.left() > 0) {
      InsertedRows rows = new InsertedRows(bench, ended, fates);
      fates.eachUntold(rows::take);
      if (!rows.asked.isEmpty()) {
        rows.ask();
      }
    }
  }

  private void take(int number, String key) throws InterruptedException {
    asked.put(key, number);
    if (asked.size() == ROWS) {
      ask();
    }
  }

  private void ask() throws InterruptedException {
    OrgRecords.Found there = records.of(asked.keySet());
    asked.forEach(
        (key, number) -> {
          if (there.unknown(key)) {
            throw ended.inDoubt("the org takes too long to say whether " + key + " is there");
          }
          there
              .record(key)
              .ifPresent(record -> fates.isInserted(number, key, record.getOrDefault("Id", "")));
        });
    asked.clear();
  }
}
