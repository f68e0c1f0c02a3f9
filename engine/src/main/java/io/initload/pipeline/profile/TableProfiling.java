package io.initload.pipeline.profile;

import io.initload.evidence.rows.DataFinding;
import io.initload.evidence.rows.TableProfile;
import io.initload.mapping.Finding.Severity;
import io.initload.mapping.SourceColumn;
import io.initload.pipeline.prepare.Prepared;
import io.initload.plan.scan.Asked;
import io.initload.plan.scan.Asked.Fate;
import io.initload.plan.scan.Crowd;
import io.initload.plan.scan.RowTest;
import io.initload.plan.scan.ScanResult;
import io.initload.source.TableScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Looks through one table: one pass counts, a second one finds examples where there is something to
 * show, and each question about groups is a pass of its own. One use; for one thread.
 */
final class TableProfiling {
  /** Rows that are looked through for examples of rarer findings together. */
  private static final long RARE = 1_000;

  private static final int VALUES = 5;

  /** Characters of a value. */
  private static final int SHOWN = 40;

  private final Prepared table;
  private final TableScanner scanner;
  private final List<FedField> fields;
  private final FedField key;
  private final List<DataCheck> checks;
  private final List<DataFinding> findings = new ArrayList<>();
  private final List<String> unseen;
  private int passes;
  private boolean shares;

  /**
   * @param checks what its rows are tested for
   * @param unseen what is not looked at, with the reason
   */
  TableProfiling(
      Prepared table, TableScanner scanner, List<DataCheck> checks, List<String> unseen) {
    this.table = table;
    this.scanner = scanner;
    this.fields = FedField.of(table);
    this.key = fields.get(table.mapping().keyField());
    this.checks = List.copyOf(checks);
    this.unseen = new ArrayList<>(unseen);
  }

  /**
   * @param estimate rows of the table, where a sample of them may be looked at
   */
  TableProfile profile(long estimate) {
    List<Asked> asked = checks.stream().map(DataCheck::asked).toList();
    ScanResult counts = scanner.counts(asked);
    passes++;
    found(counts);
    Crowd shared = shared(counts, asked);
    crowds(counts);
    return new TableProfile(
        table.table(),
        counts.rows(),
        counts.sampled() ? estimate : counts.rows(),
        counts.sampled(),
        counts.held() + shared.rows() - shared.held(),
        counts.refused() - shared.refused(),
        passes,
        findings,
        unseen);
  }

  /**
   * What the rows meet that get to the org, as a condition in the database's own SQL; after all was
   * looked at.
   */
  String sound() {
    List<RowTest> lost =
        checks.stream().filter(check -> check.fate() != Fate.LOADED).map(DataCheck::test).toList();
    return scanner.sound(lost, shares ? key.columns() : List.of(), table.keyForm());
  }

  private void found(ScanResult counts) {
    List<Integer> hit =
        IntStream.range(0, checks.size())
            .filter(i -> counts.hits().get(i).rows() > 0)
            .boxed()
            .toList();
    List<List<String>> examples = examples(hit, counts);
    for (int i = 0; i < hit.size(); i++) {
      DataCheck check = checks.get(hit.get(i));
      findings.add(finding(check, counts.hits().get(hit.get(i)), counts, examples.get(i)));
    }
  }

  private DataFinding finding(
      DataCheck check, ScanResult.Hits hits, ScanResult counts, List<String> examples) {
    long lost = check.fate() == Fate.LOADED ? 0 : hits.rows();
    boolean error = check.forbids() || lost == counts.rows();
    return new DataFinding(
        check.code(),
        error ? Severity.ERROR : Severity.WARNING,
        check.where(),
        "%,d of %,d %srows %s: %s.%s"
            .formatted(
                hits.rows(),
                counts.rows(),
                counts.sampled() ? "sampled " : "",
                check.about().replace("%,d", String.format(Locale.ROOT, "%,d", hits.longest())),
                check.outcome(),
                check.valued().map(column -> values(column, check)).orElse("")),
        check.remedy(),
        hits.rows(),
        lost,
        examples);
  }

  /** The values that a map or a picklist lacks, most frequent first. */
  private String values(SourceColumn column, DataCheck check) {
    passes++;
    return scanner.values(column, check.test(), VALUES).stream()
        .map(group -> "%s (%,d)".formatted(shown(group.texts().get(0)), group.rows()))
        .collect(Collectors.joining(", ", " Most frequent: ", "."));
  }

  private static String shown(String value) {
    int end = value.offsetByCodePoints(0, Math.min(SHOWN, value.codePointCount(0, value.length())));
    return end < value.length() ? value.substring(0, end) + "..." : value;
  }

  /** Of each check that hits rows: the rare ones together, since each may lie at the end. */
  private List<List<String>> examples(List<Integer> hit, ScanResult counts) {
    List<List<String>> all =
        new ArrayList<>(hit.stream().<List<String>>map(i -> List.of()).toList());
    List<Integer> rare =
        IntStream.range(0, hit.size())
            .filter(i -> counts.hits().get(hit.get(i)).rows() <= RARE)
            .boxed()
            .toList();
    if (!rare.isEmpty()) {
      passes++;
      List<List<String>> found = examplesOf(rare.stream().map(hit::get).toList(), counts);
      rare.forEach(i -> all.set(i, found.get(rare.indexOf(i))));
    }
    for (int i = 0; i < hit.size(); i++) {
      if (!rare.contains(i)) {
        all.set(i, examplesOf(List.of(hit.get(i)), counts).get(0));
      }
    }
    return all;
  }

  private List<List<String>> examplesOf(List<Integer> of, ScanResult counts) {
    List<RowTest> tests = of.stream().map(i -> checks.get(i).test()).toList();
    List<Long> rows = of.stream().map(i -> counts.hits().get(i).rows()).toList();
    KeyTexts keys = new KeyTexts(key.pieces());
    return scanner.examples(key.columns(), tests, rows).stream()
        .map(texts -> texts.stream().map(keys::of).filter(text -> !text.isEmpty()).toList())
        .toList();
  }

  /** External ids that several rows have, in the form that the org compares them in. */
  private Crowd shared(ScanResult counts, List<Asked> asked) {
    if (table.keyProven() || key.columns().isEmpty()) {
      return Crowd.NONE;
    }
    boolean comparable = key.columns().stream().allMatch(SourceColumn::comparable);
    if (counts.sampled() || !comparable || !table.keyColumns().comparable()) {
      unseen.add(
          key.name()
              + ": whether external ids repeat: "
              + (counts.sampled()
                  ? "a sample does not tell"
                  : "the database cannot compare them as the org does"));
      return Crowd.NONE;
    }
    Crowd shared = scanner.crowd(key.columns(), table.keyForm(), 1, asked);
    shares = shared.groups() > 0;
    passes += shares ? 2 : 1;
    if (shared.groups() > 0) {
      KeyTexts keys = new KeyTexts(key.pieces());
      findings.add(
          new DataFinding(
              "DATA_KEY_REPEATED",
              shared.rows() == counts.rows() ? Severity.ERROR : Severity.WARNING,
              key.where(),
              "%,d of %,d rows have %,d external ids that others have too: they are held back."
                  .formatted(shared.rows(), counts.rows(), shared.groups()),
              "Choose columns that identify a row as its external id, correct the rows, or make"
                  + " the field case-sensitive if they differ in letter case.",
              shared.rows(),
              shared.rows(),
              shared.largest().stream().map(group -> keys.of(group.texts())).toList()));
    }
    return shared;
  }

  private void crowds(ScanResult counts) {
    Crowds crowds = new Crowds(table, scanner);
    for (FedField field : fields) {
      if (!Crowds.leads(field)) {
        continue;
      }
      if (counts.sampled()) {
        unseen.add(field.name() + ": how many rows name one record: a sample does not tell");
      } else if (counts.rows() > Crowds.ROWS) {
        passes++;
        crowds.of(field).ifPresent(findings::add);
      }
    }
  }
}
