package io.initload.pipeline.prove.full;

import io.initload.ledger.entry.Pass;
import io.initload.mapping.canonical.BucketSums;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Certificate.Against;
import io.initload.pipeline.prove.Certificate.Whole;
import io.initload.pipeline.prove.Changes;
import io.initload.pipeline.prove.LoadedRecords;
import io.initload.pipeline.prove.full.LoadedSums.Loaded;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import io.initload.salesforce.errors.OrgException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares every field of every row that was loaded: object by object the sums of row digests that
 * were made as rows were staged against those of the org's records (ADR 31), and where they differ
 * the rows themselves. Passes that make records go together, and those that link them.
 */
public final class FullComparison {
  private final Workbench bench;
  private final Changes changes;
  private final List<String> findings;
  private final List<String> notes;

  /**
   * @param findings are added to, as are notes
   */
  public FullComparison(
      Workbench bench, Changes changes, List<String> findings, List<String> notes) {
    this.bench = bench;
    this.changes = changes;
    this.findings = findings;
    this.notes = notes;
  }

  private record Group(String object, String externalId, boolean links) {
    static Group of(Prepared pass) {
      return new Group(
          pass.config().object(), pass.config().externalId(), pass.kind() == PassKind.LINKS);
    }
  }

  /**
   * Compares the rows of some passes.
   *
   * @param passes with where their rows can be read as they were, if anywhere
   * @param tables what the books say of them
   */
  public List<Whole> of(Map<Prepared, Optional<Snapshot>> passes, List<Certificate.Table> tables)
      throws InterruptedException {
    Map<Group, List<Prepared>> groups =
        passes.keySet().stream()
            .collect(Collectors.groupingBy(Group::of, LinkedHashMap::new, Collectors.toList()));
    List<Whole> compared = new ArrayList<>();
    for (Map.Entry<Group, List<Prepared>> group : groups.entrySet()) {
      compare(group.getKey(), group.getValue(), passes, tables).ifPresent(compared::add);
    }
    return compared;
  }

  private Optional<Whole> compare(
      Group group,
      List<Prepared> of,
      Map<Prepared, Optional<Snapshot>> passes,
      List<Certificate.Table> tables)
      throws InterruptedException {
    if (!of.stream().allMatch(pass -> books(pass).digest().equals(pass.digest()))) {
      return Optional.empty(); // That is a finding already.
    }
    Loaded loaded = new LoadedSums(bench, passes, findings, notes).of(of);
    sumsOfBooks(group, of, loaded, tables);
    try {
      return Optional.of(compare(group, of, passes, loaded));
    } catch (OrgException.Refused e) {
      findings.add(
          "%s: not all fields are compared: the org refused the query for its records: %s"
              .formatted(names(of), e.getMessage()));
      return Optional.empty();
    }
  }

  /** The digests know how many rows there are, too. */
  private void sumsOfBooks(
      Group group, List<Prepared> of, Loaded loaded, List<Certificate.Table> tables) {
    List<String> names = of.stream().map(Prepared::name).toList();
    long rows =
        tables.stream()
            .filter(t -> names.contains(t.source()))
            .mapToLong(t -> t.created() + t.updated())
            .sum();
    if (!group.links() && rows != loaded.sums().rows()) {
      findings.add(
          "%s: the books have %,d rows as loaded, but digests were made of %,d."
              .formatted(names(of), rows, loaded.sums().rows()));
    }
  }

  private Whole compare(
      Group group, List<Prepared> of, Map<Prepared, Optional<Snapshot>> passes, Loaded expected)
      throws InterruptedException {
    BucketSums loaded = expected.sums();
    ReadFields fields = ReadFields.of(of, bench.config().reconcile());
    OrgReading reading = new OrgReading(bench, fields, group.object(), soql(group, fields, of));
    Instant now = bench.clock().instant();
    reading.since().ifPresent(then -> noteTaken(group, then, now));
    BucketSums found = reading.sums(loaded, loaded.rows());
    boolean sameFields = expected.ofFieldsNow();
    BitSet differing = loaded.differing(found);
    if (!sameFields) {
      differing.set(0, loaded.buckets()); // Equal sums would say nothing of the others.
    }
    boolean original = of.stream().allMatch(pass -> at(passes, pass).isPresent());
    Against source = original ? Against.SNAPSHOT : Against.NOW;
    Drilled drilled = new Drilled(0, 0, 0, expected.anew() ? source : Against.DIGESTS);
    if (!differing.isEmpty()) {
      BucketDrill drill = new BucketDrill(bench, fields, differing, loaded);
      drilled = drill(of, passes, drill, reading, sameFields, source);
    }
    reading.forget();
    long equal = 0;
    for (int i = 0; i < found.buckets(); i++) {
      equal += differing.get(i) ? 0 : found.rows(i);
    }
    return new Whole(
        group.object(),
        group.externalId(),
        of.stream().map(Prepared::name).toList(),
        group.links(),
        found.rows(),
        equal,
        found.buckets(),
        differing.cardinality(),
        drilled.compared(),
        drilled.differences(),
        drilled.changed(),
        drilled.against());
  }

  /** What going down to rows came to. */
  private record Drilled(long compared, long differences, long changed, Against against) {}

  private Drilled drill(
      List<Prepared> of,
      Map<Prepared, Optional<Snapshot>> passes,
      BucketDrill drill,
      OrgReading reading,
      boolean sameFields,
      Against source)
      throws InterruptedException {
    boolean original = source == Against.SNAPSHOT;
    String than = original ? "" : " from the source as it is now";
    List<SuspectRows> suspects = new ArrayList<>();
    for (Prepared pass : of) {
      SuspectRows rows = new SuspectRows(bench, pass, books(pass), than, changes, findings);
      suspects.add(rows);
      Snapshot moment = at(passes, pass).orElseGet(() -> bench.source().snapshot());
      drill.against(pass, books(pass), moment, rows);
    }
    drill.records(reading);
    drill.missing();
    for (SuspectRows rows : suspects) {
      rows.ask();
      rows.say();
    }
    if (sameFields && drill.unexplained() > 0) {
      findings.add(unexplained(of, original, drill.unexplained()));
    }
    return new Drilled(
        suspects.stream().mapToLong(SuspectRows::compared).sum(),
        suspects.stream().mapToLong(SuspectRows::differences).sum(),
        suspects.stream().mapToLong(SuspectRows::changed).sum(),
        source);
  }

  private static String unexplained(List<Prepared> of, boolean original, int buckets) {
    return original
        ? "%s: in %,d buckets of keys the source does not show the rows at the snapshot that were staged."
            .formatted(names(of), buckets)
        : "%s: in %,d buckets of keys the source has other rows now than were staged: nobody can say any more whether the org is wrong there."
            .formatted(names(of), buckets);
  }

  private void noteTaken(Group group, Instant then, Instant now) {
    notes.add(
        "%s: its records were read for the comparison from %s to %s, by several processes."
            .formatted(group.object(), then, now));
  }

  private String soql(Group group, ReadFields fields, Collection<Prepared> of) {
    String linked =
        group.links()
            ? fields.columns().stream()
                .map(column -> column + " != null")
                .collect(Collectors.joining(" OR ", " AND (", ")"))
            : "";
    return "SELECT %s FROM %s WHERE %s != null%s%s"
        .formatted(
            fields.selected(),
            group.object(),
            group.externalId(),
            LoadedRecords.written(bench, of.iterator().next()),
            linked);
  }

  private static Optional<Snapshot> at(Map<Prepared, Optional<Snapshot>> passes, Prepared pass) {
    return passes.getOrDefault(pass, Optional.empty());
  }

  private Pass books(Prepared pass) {
    return bench.ledger().tables().pass(pass.name()).orElseThrow();
  }

  private static String names(List<Prepared> of) {
    return of.stream().map(Prepared::name).collect(Collectors.joining(", "));
  }
}
