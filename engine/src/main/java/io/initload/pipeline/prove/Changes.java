package io.initload.pipeline.prove;

import io.initload.ledger.entry.Pass;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.Certificate.Changed;
import io.initload.pipeline.prove.Certificate.ChangedRecord;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.records.RecordCount;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells records that the org changed after this migration wrote them from records that are wrong.
 * One counts as changed when the org dates its last change after the end of the job that wrote it,
 * and either another user made that change, or no job of the migration can have: a roll-up that
 * loading its children moves is no change of somebody else's. {@code SystemModstamp} cannot be set
 * by a load (docs/reference/salesforce.md, "Audit fields"). For one thread.
 */
public final class Changes {
  static final String AT = "SystemModstamp";
  static final String BY = "LastModifiedById";

  /** Fields that a record must be asked for, where the object has them. */
  public static final List<String> FIELDS = List.of(AT, BY);

  /** Records that are listed of an object. */
  private static final int SHOWN = 100;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

  private final Workbench bench;
  private final OrgTimes times;
  private final Optional<Instant> ended;
  private final Optional<Instant> last;
  private final Map<String, Map<Long, Instant>> ends = new HashMap<>();
  private final Map<String, Map<String, ChangedRecord>> found = new HashMap<>();

  private Changes(Workbench bench, OrgTimes times) {
    this.bench = bench;
    this.times = times;
    this.ended = bench.ledger().writes().last();
    this.last = ended.map(times::surelyAfter);
  }

  /** Asks the org what time it is there. */
  public static Changes of(Workbench bench) throws InterruptedException {
    return new Changes(bench, OrgTimes.of(bench));
  }

  OrgTimes times() {
    return times;
  }

  /**
   * Whether a record was changed after a row was written to it; then it is noted.
   *
   * @param chunk that the row was read with; empty where nobody knows
   * @param fields those in which it differs
   */
  public boolean since(
      Pass pass,
      String externalId,
      OptionalLong chunk,
      Map<String, String> record,
      List<String> fields) {
    Optional<Instant> at = instant(record.getOrDefault(AT, ""));
    String by = record.getOrDefault(BY, "");
    if (at.isEmpty() || by.isEmpty() || !at.get().isAfter(written(pass, externalId, chunk))) {
      return false;
    }
    boolean others = !fed(pass) && !by.equals(bench.org().userId());
    boolean later = last.isPresent() && at.get().isAfter(last.get());
    if (!others && !later) {
      return false;
    }
    found
        .computeIfAbsent(pass.object(), o -> new LinkedHashMap<>())
        .put(
            record.getOrDefault("Id", ""),
            new ChangedRecord(
                externalId,
                record.getOrDefault("Id", ""),
                record.getOrDefault(AT, ""),
                by,
                fields));
    return true;
  }

  /** Whether the mapping says who changed a record last: then it is not who did. */
  private static boolean fed(Pass pass) {
    return pass.header().stream()
        .anyMatch(field -> field.equals(BY) || field.contains("LastModifiedBy."));
  }

  /** When the last job had surely ended that can have written the row. */
  private Instant written(Pass pass, String key, OptionalLong chunk) {
    Map<Long, Instant> ofPass =
        ends.computeIfAbsent(pass.name(), name -> bench.ledger().writes().ofChunks(name));
    Instant end =
        chunk.isPresent()
            ? ofPass.getOrDefault(chunk.getAsLong(), Instant.EPOCH)
            : ofPass.values().stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    Instant others = bench.ledger().writes().ofOthers(pass.name(), pass.object());
    end = others.isAfter(end) ? others : end;
    if (!bench.ledger().traces().exceptions(pass.name(), key).isEmpty()) {
      Instant retried = bench.ledger().writes().ofRetries(pass.name());
      end = retried.isAfter(end) ? retried : end;
    }
    return end.equals(Instant.EPOCH) ? Instant.MAX : times.surelyAfter(end);
  }

  /** All records of an object that were changed since the last job, as far as they are counted. */
  public Changed of(Prepared table, List<String> notes) throws InterruptedException {
    String object = table.config().object();
    Collection<ChangedRecord> sampled = found.getOrDefault(object, Map.of()).values();
    List<ChangedRecord> first = new ArrayList<>(sampled);
    if (last.isEmpty() || table.object().field(AT).isEmpty()) {
      return new Changed(ended, OptionalLong.empty(), sampled.size(), shown(first));
    }
    String later = AT + " > " + last.get();
    RecordCount.Counted counted =
        new RecordCount(bench.org(), object, table.config().externalId(), later).count();
    if (counted.records().isEmpty()) {
      notes.add(
          "%s: nobody can say how many records were changed since the last job: %s"
              .formatted(object, counted.why()));
    } else if (counted.records().getAsLong() > 0) {
      first.addAll(listed(table, later));
    }
    return new Changed(ended, counted.records(), sampled.size(), shown(first));
  }

  private List<ChangedRecord> listed(Prepared table, String later) throws InterruptedException {
    String key = table.config().externalId();
    String by = table.object().field(BY).isEmpty() ? "" : ", " + BY;
    String soql =
        "SELECT Id, %s, %s%s FROM %s WHERE %s != null AND %s ORDER BY Id LIMIT %d"
            .formatted(key, AT, by, table.config().object(), key, later, SHOWN);
    try {
      return bench.org().query(soql).rest().stream()
          .map(
              row ->
                  new ChangedRecord(
                      row.getOrDefault(key, ""),
                      row.getOrDefault("Id", ""),
                      row.getOrDefault(AT, ""),
                      row.getOrDefault(BY, ""),
                      List.of()))
          .toList();
    } catch (OrgException.Refused e) {
      if (!e.isTimeout()) {
        throw e;
      }
      return List.of(); // They are counted.
    }
  }

  /** Each record once, with the fields that differ where it was compared. */
  private static List<ChangedRecord> shown(List<ChangedRecord> all) {
    Map<String, ChangedRecord> byId = new LinkedHashMap<>();
    all.forEach(record -> byId.putIfAbsent(record.recordId(), record));
    return byId.values().stream().limit(SHOWN).toList();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text, STAMP).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
