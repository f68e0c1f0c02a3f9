package io.initload.pipeline.prove;

import io.initload.config.SampleSize;
import io.initload.ledger.ChunkBook.Drawn;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.canonical.SampleOrder;
import io.initload.mapping.compile.SentFields;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.Certificate.Against;
import io.initload.pipeline.work.OrgRecords;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.records.RecordQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final SampleSize size;
  private final Changes changes;
  private final List<String> findings;
  private final List<String> notes;
  private final SentFields sent;
  private final OrgRecords records;
  private final SampledRows source;
  private final Against against;
  private long rows;
  private long fields;
  private long differences;
  private long wrong;
  private long changed;
  private long notFound;
  private long namedBefore;

  /** Rows that are others in the source than in the org, where that is asked as it is now. */
  private long unlike;

  /**
   * @param source shows the rows
   * @param against whether it shows them as they were read
   * @param size how many rows
   * @param findings are added to, as are notes
   */
  public SampleComparison(
      Workbench bench,
      Prepared table,
      Pass pass,
      SampledRows source,
      Against against,
      SampleSize size,
      Changes changes,
      List<String> findings,
      List<String> notes) {
    this.source = source;
    this.against = against;
    this.size = size;
    this.changes = changes;
    this.bench = bench;
    this.table = table;
    this.pass = pass;
    this.findings = findings;
    this.notes = notes;
    this.sent = table.compared(bench.config().reconcile());
    this.records =
        new OrgRecords(
            new RecordQuery(bench.org(), pass.object(), pass.externalId(), asked(table)),
            pass.externalId(),
            table.keyForm());
  }

  /** What was sent, and what tells who changed the record last. */
  private List<String> asked(Prepared of) {
    List<String> asked = new ArrayList<>(sent.columns());
    Changes.FIELDS.stream().filter(f -> of.object().field(f).isPresent()).forEach(asked::add);
    return asked;
  }

  /**
   * Compares as many loaded rows as are asked for, or says that there were not so many to choose
   * from.
   *
   * @param loaded rows of the table that the org took
   */
  public Certificate.Sample compare(long loaded) throws InterruptedException {
    long wanted = Math.min(size.of(loaded), loaded);
    List<Drawn> group = new ArrayList<>();
    for (Drawn sample : inOrder()) {
      if (rows + changed + notFound + unlike + group.size() == wanted) {
        break;
      }
      // What the org has of a dead letter, if anything, was there before.
      if (bench.ledger().exceptions().refused(pass.name(), key(sample)).isEmpty()) {
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
    return new Certificate.Sample(rows, fields, differences, changed, against, statement(loaded));
  }

  private static String key(Drawn drawn) {
    return drawn.row().externalId();
  }

  private List<Drawn> inOrder() {
    return bench.ledger().chunks().samples(pass.name()).stream()
        .sorted(
            Comparator.comparingLong(
                    (Drawn d) -> SampleOrder.place(table.keyForm().canonical(key(d))))
                .thenComparing(SampleComparison::key))
        .toList();
  }

  private String statement(long loaded) {
    if (unlike > 0) {
      return "%,d rows were held against the source as it is now, since the snapshot is gone: %,d of them differ, by a change of the source or of the org, so that nothing follows for the others."
          .formatted(rows + unlike, unlike);
    }
    String except =
        changed + notFound == 0
            ? ""
            : " It says nothing of %,d rows drawn whose record was changed since, or could not be asked for."
                .formatted(changed + notFound);
    String now =
        against == Against.NOW
            ? " They were held against the source as it is now, since the snapshot is gone."
            : "";
    return size.statement(loaded, rows, wrong) + except + now;
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
    if (namedBefore > 0) {
      notes.add(
          "%s: %,d rows of the sample have the id that a name of theirs, or its fallback, stood for when they were loaded; it stands for another one now."
              .formatted(pass.name(), namedBefore));
    }
    if (unlike > 0) {
      notes.add(
          "%s: %,d rows of the sample differ from the source as it is now, which may have been changed there. Level full holds all rows against the digests that were made when they were read."
              .formatted(pass.name(), unlike));
    }
    if (rows + changed + notFound + unlike < wanted) {
      notes.add(
          "%s: %,d rows are compared field by field, not %,d (reconcile.sampleRows, reconcile.sample): no more were chosen when its rows were read."
              .formatted(pass.name(), rows, wanted));
    }
    if (size instanceof SampleSize.Assured && wanted == SampleSize.ROWS_MAX) {
      notes.add(
          "%s: %s would take more than %,d rows, which is as many as are kept."
              .formatted(pass.name(), size, SampleSize.ROWS_MAX));
    }
  }

  private void compare(List<Drawn> samples) throws InterruptedException {
    Map<String, List<List<String>>> expected = source.of(samples);
    OrgRecords.Found found = records.of(samples.stream().map(SampleComparison::key).toList());
    for (Drawn sample : samples) {
      if (found.unknown(key(sample))) {
        notFound++;
        continue;
      }
      Optional<List<String>> corrected =
          bench.ledger().exceptions().corrected(pass.name(), key(sample));
      List<List<String>> readings =
          corrected
              .map(List::of)
              .orElse(expected.getOrDefault(table.keyForm().canonical(key(sample)), List.of()));
      if (readings.isEmpty() && against == Against.NOW) {
        unlike++;
      } else if (readings.isEmpty()) {
        missing(sample, "it is not in the source any more");
      } else {
        compare(sample, readings, found.record(key(sample)));
      }
    }
  }

  /**
   * @param readings of the row, see {@link SampledRows}
   */
  private void compare(
      Drawn sample, List<List<String>> readings, Optional<Map<String, String>> org) {
    if (org.isEmpty()) {
      missing(sample, "it is not in the org");
      return;
    }
    Set<String> leftOut = bench.ledger().exceptions().leftOut(pass.name(), key(sample));
    HeldFields held = HeldFields.of(sent, readings.get(0), org.get(), pass.header(), leftOut);
    List<String> differing =
        held.differing().stream().filter(f -> !heldBefore(f, readings, org.get())).toList();
    if (!differing.isEmpty()
        && changes.since(
            pass, key(sample), OptionalLong.of(sample.chunk()), org.get(), differing)) {
      changed++;
      return;
    }
    if (!differing.isEmpty() && against == Against.NOW) {
      unlike++;
      return;
    }
    rows++;
    fields += held.held();
    wrong += differing.isEmpty() ? 0 : 1;
    namedBefore += differing.size() < held.differing().size() ? 1 : 0;
    differing.forEach(field -> differ(sample, "field " + field + " differs"));
  }

  /** What is empty was not sent, and held by any record. */
  private boolean heldBefore(String column, List<List<String>> readings, Map<String, String> org) {
    int field = sent.columns().indexOf(column);
    return readings.stream()
        .skip(1)
        .map(texts -> texts.get(field))
        .anyMatch(text -> !text.isEmpty() && sent.holds(field, text, org));
  }

  private void missing(Drawn sample, String what) {
    rows++;
    wrong++;
    differ(sample, what);
  }

  /** Values stay out of the finding: the certificate is passed around. */
  private void differ(Drawn sample, String what) {
    if (++differences <= SPELLED_OUT) {
      findings.add("%s, external id %s: %s.".formatted(pass.name(), key(sample), what));
    }
  }
}
