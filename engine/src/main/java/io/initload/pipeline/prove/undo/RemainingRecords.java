package io.initload.pipeline.prove.undo;

import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.prove.undo.UndoCertificate.Remaining;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.Soql;
import io.initload.salesforce.records.RecordQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which of the records that could not be deleted the org still has: each is asked for by its id.
 */
final class RemainingRecords {
  private static final int TOGETHER = 200;

  /** Ids that the certificate names, by table. */
  private static final int SHOWN = 100;

  private final Workbench bench;

  RemainingRecords(Workbench bench) {
    this.bench = bench;
  }

  /** Those of a table, whose refusals the deletion's books list. */
  Remaining of(String table, String object) throws InterruptedException {
    Ledger deletion = bench.ledger().undo();
    DeadLetterFilter filter = new DeadLetterFilter(Set.of(table), Set.of());
    RecordQuery query = new RecordQuery(bench.org(), object, "Id", List.of());
    List<String> first = new ArrayList<>();
    long records = 0;
    boolean known = true;
    long after = 0;
    while (true) {
      List<ExceptionRow> rows = deletion.deadLetters().page(filter, after, TOGETHER);
      if (rows.isEmpty()) {
        return new Remaining(known ? OptionalLong.of(records) : OptionalLong.empty(), first);
      }
      after = rows.get(rows.size() - 1).id();
      RecordQuery.Answer answer =
          query.of(rows.stream().map(row -> Soql.quote(row.externalId())).toList());
      known &= answer.unanswered().isEmpty();
      records += answer.records().size();
      answer.records().stream()
          .map((Map<String, String> record) -> record.getOrDefault("Id", ""))
          .limit(SHOWN - (long) first.size())
          .forEach(first::add);
    }
  }
}
