package io.initload.pipeline.prove;

import io.initload.config.Control;
import io.initload.config.Control.Total;
import io.initload.config.TableConfig;
import io.initload.pipeline.prepare.ControlFields;
import io.initload.pipeline.prepare.ControlGroup;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.Certificate.Agreement;
import io.initload.pipeline.prove.Certificate.ControlLine;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import io.initload.plan.TotalsQuery;
import io.initload.source.SourceFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds sums of the source at the snapshot, less the rows that were not loaded, against sums of the
 * org's records. Neither side is asked for a row.
 */
public final class ControlTotals {
  /** Groups that are listed; the others are counted. */
  private static final int SHOWN = 200;

  private final Workbench bench;
  private final List<String> findings;
  private final List<String> notes;

  /**
   * @param findings are added to, as are notes
   */
  public ControlTotals(Workbench bench, List<String> findings, List<String> notes) {
    this.bench = bench;
    this.findings = findings;
    this.notes = notes;
  }

  /**
   * The controls of the tables that were looked at.
   *
   * @param passes with where their rows can be read
   * @param tables what the books say of them
   * @param objects what was found of their objects
   */
  public List<Certificate.Control> of(
      Map<Prepared, Optional<Snapshot>> passes,
      List<Certificate.Table> tables,
      List<Certificate.OrgObject> objects)
      throws InterruptedException {
    List<Certificate.Control> controls = new ArrayList<>();
    for (TableConfig table : bench.config().tables()) {
      List<Prepared> of =
          passes.keySet().stream().filter(p -> p.table().equals(table.name())).toList();
      for (Control control : of.isEmpty() ? List.<Control>of() : table.controls()) {
        Explanations why = new Explanations(bench, table, of, tables, objects);
        controls.add(compare(table, control, of, moment(of, passes), why));
      }
    }
    return controls;
  }

  /** Where all rows of a table can be read; empty where its passes have moments of their own. */
  private static Optional<Snapshot> moment(
      List<Prepared> of, Map<Prepared, Optional<Snapshot>> passes) {
    List<Optional<Snapshot>> moments =
        of.stream().filter(p -> p.kind() != PassKind.LINKS).map(passes::get).distinct().toList();
    return moments.size() == 1 ? moments.get(0) : Optional.empty();
  }

  /** What the source refuses of one control is that control's trouble alone. */
  private Certificate.Control compare(
      TableConfig table,
      Control control,
      List<Prepared> passes,
      Optional<Snapshot> at,
      Explanations why)
      throws InterruptedException {
    try {
      return compared(table, control, passes, at, why);
    } catch (SourceFailure e) {
      if (e.endsRun() && !e.action().losesSnapshot()) {
        throw e;
      }
      return none(table, control, "the source does not sum it up: " + e.getMessage());
    }
  }

  private Certificate.Control compared(
      TableConfig table,
      Control control,
      List<Prepared> passes,
      Optional<Snapshot> at,
      Explanations why)
      throws InterruptedException {
    ControlFields fields = new ControlFields(table, bench.source().shape(table.source()), passes);
    Optional<String> impossible = fields.impossible(control);
    if (impossible.isPresent() || at.isEmpty()) {
      return none(
          table,
          control,
          impossible.orElse("the source cannot be read any more as it was at the snapshot."));
    }
    ControlSides sides = new ControlSides(bench, table, fields, control);
    Optional<Map<List<String>, ControlSums>> source = sides.source(at.get());
    if (source.isEmpty()) {
      return none(table, control, "this database cannot shift times into UTC in a statement.");
    }
    if (source.get().size() > TotalsQuery.GROUPS_MAX) {
      return none(
          table, control, "there are more than %,d groups.".formatted(TotalsQuery.GROUPS_MAX));
    }
    StringBuilder refusal = new StringBuilder();
    Map<List<String>, ControlSums> org = sides.org(refusal);
    if (!refusal.isEmpty()) {
      return none(table, control, refusal.toString());
    }
    Set<String> unknown = new TreeSet<>();
    List<Prepared> rows = passes.stream().filter(p -> p.kind() != PassKind.LINKS).toList();
    Map<List<String>, ControlSums> refused = sides.refused(rows, unknown);
    List<ControlLine> lines =
        lines(
            control,
            sides,
            source.get(),
            refused,
            org,
            fields.summed(control).flatMap(ControlGroup.Field::roundedTo));
    return judged(
        table, control, lines, why.of(names(fields, control), unknown), why.others(control));
  }

  /** As the org spells them. */
  private static Set<String> names(ControlFields fields, Control control) {
    Set<String> names =
        new HashSet<>(fields.groups(control).stream().map(g -> g.field().name()).toList());
    fields.summed(control).map(ControlGroup.Field::name).ifPresent(names::add);
    return names;
  }

  private Certificate.Control none(TableConfig table, Control control, String why) {
    notes.add("%s, control %s: %s".formatted(table.name(), control.name(), why));
    return certified(table, control, Agreement.NOT_COMPARABLE, why, List.of());
  }

  private static List<ControlLine> lines(
      Control control,
      ControlSides sides,
      Map<List<String>, ControlSums> source,
      Map<List<String>, ControlSums> refused,
      Map<List<String>, ControlSums> org,
      Optional<Integer> roundedTo) {
    Set<List<String>> groups = new HashSet<>(source.keySet());
    groups.addAll(refused.keySet());
    groups.addAll(org.keySet());
    boolean sum = control.totals().contains(Total.SUM) && sides.arithmetic();
    boolean bounds =
        (control.totals().contains(Total.MIN) || control.totals().contains(Total.MAX))
            && sides.bounds();
    return groups.stream()
        .map(
            group -> {
              ControlSums of = source.getOrDefault(group, ControlSums.NONE);
              ControlSums not = refused.getOrDefault(group, ControlSums.NONE);
              ControlSums there = org.getOrDefault(group, ControlSums.NONE);
              return new ControlLine(
                  sides.name(group),
                  of.totals(sum, bounds),
                  not.totals(sum, bounds),
                  there.totals(sum, bounds),
                  ControlSums.agree(of, not, there, control.totals(), roundedTo));
            })
        .sorted(
            Comparator.comparing(ControlLine::equal)
                .thenComparing(line -> String.join("\u0000", line.group())))
        .toList();
  }

  private Certificate.Control judged(
      TableConfig table,
      Control control,
      List<ControlLine> lines,
      Explanations.Causes causes,
      Optional<String> others) {
    long differ = lines.stream().filter(line -> !line.equal()).count();
    if (differ == 0) {
      return certified(table, control, Agreement.EQUAL, "", lines);
    }
    String what = "%,d of %,d groups differ".formatted(differ, lines.size());
    String sentence = "%s, control %s: %s".formatted(table.name(), control.name(), what);
    if (others.isPresent()) {
      notes.add(sentence + ", " + others.get());
      return certified(table, control, Agreement.NOT_COMPARABLE, what + ", " + others.get(), lines);
    }
    if (causes.explain(differ, lines.stream().mapToLong(ControlTotals::apart).sum())) {
      String by = ", as they may: " + causes.words() + ".";
      notes.add(sentence + by);
      return certified(table, control, Agreement.EXPLAINED, what + by, lines);
    }
    String but =
        causes.rows() == 0
            ? "."
            : ", more than can follow from this: %s.".formatted(causes.words());
    findings.add(sentence + but);
    return certified(table, control, Agreement.DIFFERS, what + but, lines);
  }

  /** Rows, or values, by which the sides of a group differ. */
  private static long apart(ControlLine line) {
    Certificate.Totals of = line.source();
    Certificate.Totals not = line.refused();
    Certificate.Totals there = line.org();
    return Math.max(
        Math.abs(of.rows() - not.rows() - there.rows()),
        Math.abs(of.values() - not.values() - there.values()));
  }

  private static Certificate.Control certified(
      TableConfig table, Control control, Agreement agreement, String why, List<ControlLine> all) {
    return new Certificate.Control(
        table.name(),
        control.name(),
        control.field(),
        control.by().stream().map(Object::toString).toList(),
        agreement,
        why,
        all.size(),
        all.stream().limit(SHOWN).toList());
  }
}
