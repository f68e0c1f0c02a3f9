package io.initload.pipeline.prove;

import io.initload.Failure;
import io.initload.ledger.TraceBook.Excepted;
import io.initload.ledger.TraceBook.Origin;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.KeptReceipt;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.RowMapping;
import io.initload.mapping.compile.SentFields;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.RowTrace.Compared;
import io.initload.pipeline.prove.RowTrace.Field;
import io.initload.pipeline.prove.RowTrace.Found;
import io.initload.pipeline.prove.RowTrace.OrgRecord;
import io.initload.pipeline.work.KeyTexts;
import io.initload.pipeline.work.Loads;
import io.initload.pipeline.work.OrgRecords;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.salesforce.records.RecordQuery;
import io.initload.source.RowCursor;
import io.initload.source.SourceFailure;
import io.initload.staging.CsvRow;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Gathers what is known of single rows of one pass. For one thread. */
public final class RowTracer {
  private static final List<String> SYSTEM =
      List.of(
          "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp");

  private final Workbench bench;
  private final Prepared table;
  private final Pass pass;
  private final SentFields sent;
  private final Loads loads;

  public RowTracer(Workbench bench, Prepared table, Pass pass) {
    this.bench = bench;
    this.table = table;
    this.pass = pass;
    this.sent = SentFields.of(table.compiled());
    this.loads = new Loads(bench.ledger());
  }

  /** The rows of a key in the source, rendered as they are staged. */
  private record Read(RowTrace.Source source, Optional<List<String>> texts) {}

  /** What is known of a row; asks source and org afresh. */
  public RowTrace trace(String externalId) throws InterruptedException {
    List<Excepted> exceptions = bench.ledger().traces().exceptions(pass.name(), externalId);
    Read read = source(externalId);
    Optional<List<String>> expected =
        exceptions.stream()
            .map(Excepted::row)
            .filter(ExceptionRow::corrected)
            .map(ExceptionRow::data)
            .findFirst()
            .or(read::texts);
    OrgRecords.Found answer = fromOrg(externalId);
    List<Map<String, String>> found = answer.record(externalId).stream().toList();
    Set<String> away = new TreeSet<>();
    Map<String, Origin> origins =
        origins(
            found.stream().map(r -> r.getOrDefault("Id", "")).collect(Collectors.toSet()), away);
    List<OrgRecord> records = found.stream().map(r -> record(r, origins, expected)).toList();
    return new RowTrace(
        pass.name(),
        pass.object(),
        externalId,
        read.source(),
        exceptions,
        answer.unknown(externalId),
        records,
        origins.size() == records.size() ? List.of() : List.copyOf(away));
  }

  private Read source(String externalId) {
    Optional<List<String>> key = new KeyTexts(table.mapping().keyAlone()).of(externalId);
    if (key.isEmpty()) {
      return new Read(new RowTrace.Source(Found.NOT_ASKED, "", false), Optional.empty());
    }
    try {
      return read(key.get(), pass.snapshot(), true);
    } catch (SourceFailure e) {
      if (!e.action().losesSnapshot()) {
        throw e;
      }
      return read(key.get(), bench.source().snapshot(), false);
    }
  }

  private Read read(List<String> key, Snapshot at, boolean original) {
    RowMapping mapping = table.mapping();
    List<List<String>> rows = new ArrayList<>();
    CsvRow row = new CsvRow();
    row.rules(mapping.rules());
    try (RowCursor cursor = table.byKeys(bench.source(), at, mapping, List.of(key))) {
      while (cursor.next()) {
        row.clear();
        mapping.render(cursor, row);
        rows.add(List.copyOf(row.texts()));
      }
    }
    Found found = rows.isEmpty() ? Found.NONE : rows.size() == 1 ? Found.ONE : Found.SEVERAL;
    return new Read(
        new RowTrace.Source(found, original ? at.toString() : "now", original),
        rows.stream().findFirst().filter(r -> rows.size() == 1));
  }

  private OrgRecords.Found fromOrg(String externalId) throws InterruptedException {
    List<String> wanted = new ArrayList<>(sent.columns());
    wanted.addAll(SYSTEM);
    return new OrgRecords(
            new RecordQuery(bench.org(), pass.object(), pass.externalId(), wanted),
            pass.externalId(),
            table.keyForm())
        .of(List.of(externalId));
  }

  private OrgRecord record(
      Map<String, String> record, Map<String, Origin> origins, Optional<List<String>> expected) {
    String id = record.getOrDefault("Id", "");
    Map<String, String> system = new LinkedHashMap<>();
    SYSTEM.forEach(field -> system.put(field, record.getOrDefault(field, "")));
    return new OrgRecord(
        id,
        Optional.ofNullable(origins.get(id)),
        system,
        expected.map(texts -> fields(texts, record)).orElse(List.of()));
  }

  private List<Field> fields(List<String> texts, Map<String, String> record) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      Compared compared =
          text.isEmpty()
              ? Compared.NOT_SENT
              : sent.holds(i, text, record) ? Compared.EQUAL : Compared.DIFFERS;
      String org = record.getOrDefault(sent.columns().get(i), "");
      fields.add(new Field(pass.header().get(i), compared, text, org));
    }
    return fields;
  }

  /** The jobs that created records, as far as their lists lie on this host. */
  private Map<String, Origin> origins(Set<String> ids, Set<String> away) {
    Map<String, Origin> origins = new HashMap<>();
    if (ids.isEmpty()) {
      return origins;
    }
    for (KeptReceipt receipt : loads.receipts(pass.name())) {
      StagedPart list =
          new StagedPart(
              new SealedPart(1, bench.staging().kept(receipt.name()), receipt.records(), 0, 0, ""));
      if (!list.exists()) {
        away.add(receipt.host());
      } else if (receipt.sha256().filter(written -> !list.is(written)).isPresent()
          || !read(receipt, list, ids, origins)) {
        away.add("%s, where %s is not as it was written".formatted(receipt.host(), receipt.name()));
      }
    }
    return origins;
  }

  /** Whether the list can be read to its end: of those that versions before kept nobody knows. */
  private boolean read(
      KeptReceipt receipt, StagedPart list, Set<String> ids, Map<String, Origin> origins) {
    try (StagedPart.Rows rows = list.rows()) {
      while (rows.hasNext()) {
        String id = rows.next().get(0);
        if (ids.contains(id)) {
          loads.origin(pass.name(), receipt.name()).ifPresent(origin -> origins.put(id, origin));
        }
      }
      return true;
    } catch (Failure e) {
      if (!e.code().equals("STAGING_CORRUPT")) {
        throw e;
      }
      return false;
    }
  }
}
