package io.initload.pipeline.settle;

import io.initload.mapping.SentFields;
import io.initload.mapping.TargetObject;
import io.initload.pipeline.prepare.DescribedObjects;
import io.initload.pipeline.work.OrgKeys;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.RecordQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that were refused because their record is there already and one of their fields can be set
 * when it is created only (docs/reference/salesforce.md, "CSV and values"): the org is asked for
 * the records by key. One that has what was sent is loaded, by a job whose results were lost;
 * another was there before, and the row is loaded again without those fields. For one part.
 */
final class CreateOnlyRows {
  static final String CODE = "INVALID_FIELD_FOR_INSERT_UPDATE";

  /** Rows asked for together; keeps a query's answer to one page. */
  private static final int ROWS = 200;

  /** Characters of the rows that are asked for together, above which none is added. */
  private static final long CHARACTERS_MAX = 2_000_000;

  private final Workbench bench;
  private final EndedJob ended;
  private final Fates fates;

  private CreateOnlyRows(Workbench bench, EndedJob ended, Fates fates) {
    this.bench = bench;
    this.ended = ended;
    this.fates = fates;
  }

  /** A refused row, with the number by which its part knows it. */
  private record Row(int number, String key, List<String> sent) {}

  /** Lets rows of a part that were refused for such a field be booked as what they are. */
  static void settle(Workbench bench, EndedJob ended, Fates fates) throws InterruptedException {
    if (!ended.table().deletes() && fates.refused().unwritable() > 0) {
      new CreateOnlyRows(bench, ended, fates).settle();
    }
  }

  private void settle() throws InterruptedException {
    Optional<SentFields> described = fields();
    if (described.isEmpty() || described.get().createOnly().isEmpty()) {
      return;
    }
    SentFields fields = described.get();
    RecordQuery records =
        new RecordQuery(
            bench.org(),
            ended.table().config().object(),
            ended.table().keyColumn(),
            fields.columns());
    List<Row> rows = new ArrayList<>();
    long[] characters = {0};
    fates.eachRefused(
        (number, key, sent, error) -> {
          if (error.code().equals(CODE) && !set(fields, sent).isEmpty()) {
            rows.add(new Row(number, key, sent));
            characters[0] += sent.stream().mapToLong(String::length).sum();
          }
          if (rows.size() == ROWS || characters[0] > CHARACTERS_MAX) {
            judge(fields, records, rows);
            rows.clear();
            characters[0] = 0;
          }
        });
    judge(fields, records, rows);
  }

  private Optional<SentFields> fields() throws InterruptedException {
    DescribedObjects objects = new DescribedObjects(bench.org());
    TargetObject object = objects.require(ended.table().config().object());
    return SentFields.of(
        ended.table().pass().header(), ended.table().mapping().keyField(), object, objects::find);
  }

  /** The fields that the row brings for a new record alone. */
  private static List<Integer> set(SentFields fields, List<String> sent) {
    return fields.createOnly().stream().filter(field -> !sent.get(field).isEmpty()).toList();
  }

  private void judge(SentFields fields, RecordQuery records, List<Row> rows)
      throws InterruptedException {
    Map<String, Map<String, String>> there = there(records, rows);
    for (Row row : rows) {
      Map<String, String> found = there.get(canonical(row.key()));
      if (found == null) {
        continue; // Refused for something else.
      }
      if (fields.holds(row.sent(), found)) {
        fates.isThere(row.number(), row.key());
      } else {
        fates.leaveOut(row.number(), set(fields, row.sent()));
      }
    }
  }

  private Map<String, Map<String, String>> there(RecordQuery records, List<Row> rows)
      throws InterruptedException {
    Map<String, Map<String, String>> there = new HashMap<>();
    List<String> keys = rows.stream().map(Row::key).toList();
    for (Map<String, String> found : records.of(OrgKeys.literals(ended.table().keyForm(), keys))) {
      there.put(canonical(found.getOrDefault(ended.table().keyColumn(), "")), found);
    }
    return there;
  }

  private String canonical(String key) {
    return ended.table().keyForm().canonical(key);
  }
}
