package io.initload.pipeline.prove.full;

import io.initload.ledger.entry.Pass;
import io.initload.mapping.compile.SentFields;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.Changes;
import io.initload.pipeline.prove.HeldFields;
import io.initload.pipeline.work.OrgRecords;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.records.RecordQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Rows that seem to differ from their records, or to have none: the org is asked for each of these
 * by its key once more before it is said. For one thread.
 */
final class SuspectRows {
  /** Rows asked for at once; keeps the query's address short. */
  private static final int ROWS = 50;

  /** Differences of a pass that are spelled out; the others are counted. */
  private static final int SPELLED_OUT = 20;

  private final Pass pass;
  private final String than;
  private final SentFields sent;
  private final OrgRecords records;
  private final Changes changes;
  private final List<String> findings;
  private final Map<String, List<String>> waiting = new LinkedHashMap<>();
  private long compared;
  private long differences;
  private long changed;
  private long notFound;

  /**
   * @param than what a difference is one from, where it is not the row as it was read; or empty
   * @param findings are added to
   */
  SuspectRows(
      Workbench bench,
      Prepared table,
      Pass pass,
      String than,
      Changes changes,
      List<String> findings) {
    this.than = than;
    this.pass = pass;
    this.changes = changes;
    this.findings = findings;
    this.sent = table.compared(bench.config().reconcile());
    List<String> asked = new ArrayList<>(sent.columns());
    Changes.FIELDS.stream().filter(f -> table.object().field(f).isPresent()).forEach(asked::add);
    this.records =
        new OrgRecords(
            new RecordQuery(bench.org(), pass.object(), pass.externalId(), asked),
            pass.externalId(),
            table.keyForm());
  }

  /** Compares a row with its record; where they differ it is asked for. */
  void compare(String externalId, List<String> texts, Map<String, String> record)
      throws InterruptedException {
    if (held(texts, record).differing().isEmpty()) {
      compared++;
    } else {
      seek(externalId, texts);
    }
  }

  /** What a row was loaded without is empty in its texts. */
  private HeldFields held(List<String> texts, Map<String, String> record) {
    return HeldFields.of(sent, texts, record, pass.header(), Set.of());
  }

  /** Asks for the record of a row, now or with the next ones. */
  void seek(String externalId, List<String> texts) throws InterruptedException {
    waiting.put(externalId, texts);
    if (waiting.size() == ROWS) {
      ask();
    }
  }

  /** Asks for those that wait. */
  void ask() throws InterruptedException {
    if (waiting.isEmpty()) {
      return;
    }
    OrgRecords.Found found = records.of(waiting.keySet());
    waiting.forEach((externalId, texts) -> judge(externalId, texts, found));
    waiting.clear();
  }

  private void judge(String externalId, List<String> texts, OrgRecords.Found found) {
    if (found.unknown(externalId)) {
      notFound++;
      return;
    }
    compared++;
    Optional<Map<String, String>> record = found.record(externalId);
    if (record.isEmpty()) {
      differ(externalId, "it is not in the org");
      return;
    }
    List<String> differing = held(texts, record.get()).differing();
    if (differing.isEmpty()) {
      return;
    }
    if (changes.since(pass, externalId, OptionalLong.empty(), record.get(), differing)) {
      changed++;
    } else {
      differing.forEach(field -> differ(externalId, "field " + field + " differs" + than));
    }
  }

  /** Values stay out of the finding: the certificate is passed around. */
  private void differ(String externalId, String what) {
    String finding = "%s, external id %s: %s.".formatted(pass.name(), externalId, what);
    if (++differences <= SPELLED_OUT && !findings.contains(finding)) {
      findings.add(finding);
    }
  }

  /** Says what is not spelled out. */
  void say() {
    if (differences > SPELLED_OUT) {
      findings.add("%s: %,d differences of all rows.".formatted(pass.name(), differences));
    }
    if (notFound > 0) {
      findings.add(
          "%s: %,d rows are not compared: the org takes too long to find records of %s by %s."
              .formatted(pass.name(), notFound, pass.object(), pass.externalId()));
    }
  }

  /** Rows that were compared field by field. */
  long compared() {
    return compared;
  }

  /** Fields of them that differ, and rows without a record. */
  long differences() {
    return differences;
  }

  /** Rows whose record was changed since it was written. */
  long changed() {
    return changed;
  }
}
