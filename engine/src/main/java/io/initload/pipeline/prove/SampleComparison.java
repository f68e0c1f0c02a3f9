package io.initload.pipeline.prove;

import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.Sampled;
import io.initload.mapping.SentFields;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.OrgRecords;
import io.initload.pipeline.work.SampleOrder;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.salesforce.RecordQuery;
import io.initload.source.RowCursor;
import io.initload.staging.CsvRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares chosen rows field by field: reads each from the source again, at the same snapshot, and
 * from the org, and compares the values as the field's type does. Rows that are dead letters are
 * left out.
 */
public final class SampleComparison {
  /** Rows asked for at once; keeps the query's address short. */
  private static final int ROWS = 50;

  /** Differences of a table that are spelled out; the others are counted. */
  private static final int SPELLED_OUT = 20;

  private final Workbench bench;
  private final Prepared table;
  private final Pass pass;
  private final Snapshot at;
  private final List<String> findings;
  private final List<String> notes;
  private final SentFields sent;
  private final OrgRecords records;
  private long rows;
  private long fields;
  private long differences;
  private long notFound;

  /**
   * @param at shows the rows as they were read
   * @param findings are added to, as are notes
   */
  public SampleComparison(
      Workbench bench,
      Prepared table,
      Pass pass,
      Snapshot at,
      List<String> findings,
      List<String> notes) {
    this.at = at;
    this.bench = bench;
    this.table = table;
    this.pass = pass;
    this.findings = findings;
    this.notes = notes;
    this.sent = SentFields.of(table.compiled());
    this.records =
        new OrgRecords(
            new RecordQuery(bench.org(), pass.object(), pass.externalId(), sent.columns()),
            pass.externalId(),
            table.keyForm());
  }

  /**
   * Compares as many loaded rows as are asked for, or says that there were not so many to choose
   * from.
   *
   * @param loaded rows of the table that the org took
   */
  public Certificate.Sample compare(long loaded) throws InterruptedException {
    long wanted = Math.min(bench.config().reconcile().sampleRows(), loaded);
    List<Sampled> group = new ArrayList<>();
    for (Sampled sample : inOrder()) {
      if (rows + notFound + group.size() == wanted) {
        break;
      }
      // What the org has of a dead letter, if anything, was there before.
      if (bench.ledger().exceptions().refused(pass.name(), sample.externalId()).isEmpty()) {
        group.add(sample);
      }
      if (group.size() == ROWS) {
        compare(group);
        group.clear();
      }
    }
    if (!group.isEmpty()) {
      compare(group);
    }
    say(wanted);
    return new Certificate.Sample(rows, fields, differences);
  }

  private List<Sampled> inOrder() {
    return bench.ledger().chunks().samples(pass.name()).stream()
        .sorted(
            Comparator.comparingLong(
                    (Sampled s) -> SampleOrder.place(table.keyForm().canonical(s.externalId())))
                .thenComparing(Sampled::externalId))
        .toList();
  }

  private void say(long wanted) {
    if (differences > SPELLED_OUT) {
      findings.add("%s: %,d differences in the sample in all.".formatted(pass.name(), differences));
    }
    if (notFound > 0) {
      notes.add(
          "%s: %,d rows of the sample are not compared: the org takes too long to find records of %s by %s."
              .formatted(pass.name(), notFound, pass.object(), pass.externalId()));
    }
    if (rows + notFound < wanted) {
      notes.add(
          "%s: %,d rows are compared field by field, not %,d (reconcile.sampleRows): no more were chosen when its rows were read."
              .formatted(pass.name(), rows, wanted));
    }
  }

  private void compare(List<Sampled> samples) throws InterruptedException {
    Map<String, List<String>> expected = fromSource(samples);
    OrgRecords.Found found = records.of(samples.stream().map(Sampled::externalId).toList());
    for (Sampled sample : samples) {
      if (found.unknown(sample.externalId())) {
        notFound++;
        continue;
      }
      String key = table.keyForm().canonical(sample.externalId());
      Optional<List<String>> corrected =
          bench.ledger().exceptions().corrected(pass.name(), sample.externalId());
      List<String> source = corrected.orElse(expected.get(key));
      rows++;
      if (source == null) {
        differ(sample, "it is not in the source any more");
      } else {
        compare(sample, source, found.record(sample.externalId()));
      }
    }
  }

  private void compare(Sampled sample, List<String> source, Optional<Map<String, String>> org) {
    if (org.isEmpty()) {
      differ(sample, "it is not in the org");
      return;
    }
    Set<String> leftOut = bench.ledger().exceptions().leftOut(pass.name(), sample.externalId());
    for (int i = 0; i < sent.columns().size(); i++) {
      String text = source.get(i);
      if (text.isEmpty() || leftOut.contains(pass.header().get(i))) {
        continue; // It is not sent: the record keeps its value, or gets a default.
      }
      fields++;
      if (!sent.holds(i, text, org.get())) {
        differ(sample, "field " + sent.columns().get(i) + " differs");
      }
    }
  }

  /** Values stay out of the finding: the certificate is passed around. */
  private void differ(Sampled sample, String what) {
    if (++differences <= SPELLED_OUT) {
      findings.add("%s, external id %s: %s.".formatted(pass.name(), sample.externalId(), what));
    }
  }

  private Map<String, List<String>> fromSource(List<Sampled> samples) {
    List<String> keyColumns =
        table.config().fields().stream()
            .filter(field -> field.field().equals(table.config().externalId()))
            .flatMap(field -> field.feed().columns().stream())
            .toList();
    Map<String, List<String>> found = new HashMap<>();
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
                samples.stream().map(Sampled::keyValues).toList(),
                table.config().sourceZone())) {
      while (cursor.next()) {
        row.clear();
        table.mapping().render(cursor, row);
        List<String> texts = row.texts();
        found.put(
            table.keyForm().canonical(texts.get(table.mapping().keyField())),
            new ArrayList<>(texts));
      }
    }
    return found;
  }
}
