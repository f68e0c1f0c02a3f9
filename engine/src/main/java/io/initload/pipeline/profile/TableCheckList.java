package io.initload.pipeline.profile;

import io.initload.config.OrphanPolicy;
import io.initload.config.SourceName.Parents;
import io.initload.config.ValueMap.Unmapped;
import io.initload.expression.MapUse;
import io.initload.mapping.SourceColumn;
import io.initload.pipeline.prepare.NumberDoubt;
import io.initload.pipeline.prepare.Prepared;
import io.initload.plan.scan.Asked.Fate;
import io.initload.plan.scan.RowTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the rows of a table are tested for, beside what single fields ask. */
final class TableCheckList {
  /** UTF-16 units of a row (docs/reference/salesforce.md, "Limits"). */
  private static final int ROW_UNITS = 400_000;

  private final Prepared table;
  private final String place;

  TableCheckList(Prepared table) {
    this.table = table;
    this.place = "tables " + table.table();
  }

  /** Numbers that fields do not hold. */
  List<DataCheck> numbers() {
    List<DataCheck> checks = new ArrayList<>();
    for (NumberDoubt doubt : NumberDoubt.of(table)) {
      SourceColumn column = table.shape().required(doubt.column());
      if (doubt.whole() != NumberDoubt.NO_DOUBT) {
        checks.add(
            new DataCheck(
                "DATA_NUMBER_TOO_LARGE",
                doubt.where(),
                new RowTest.Larger(column, doubt.whole(), doubt.integer() ? -1 : doubt.decimals()),
                Fate.REFUSED,
                "have more digits before the point than the %d that the field holds"
                    .formatted(doubt.whole()),
                "Enlarge the field, or correct these rows in the source."));
      }
      if (doubt.decimals() != NumberDoubt.NO_DOUBT) {
        checks.add(finer(doubt, column));
      }
    }
    return checks;
  }

  private static DataCheck finer(NumberDoubt doubt, SourceColumn column) {
    RowTest test = new RowTest.Finer(column, doubt.decimals());
    return doubt.integer()
        ? new DataCheck(
            "DATA_NUMBER_FRACTION",
            doubt.where(),
            test,
            Fate.REFUSED,
            "have decimals for a field of whole numbers",
            "Feed a field with decimals, or round by tables[].sql.")
        : new DataCheck(
            "DATA_NUMBER_SCALE",
            doubt.where(),
            test,
            Fate.LOADED,
            "have more decimals than the %d that the field shows".formatted(doubt.decimals()),
            "Give the field more decimals if they matter.");
  }

  /** Values that a map does not have. */
  DataCheck unmapped(MapUse asked, String condition) {
    boolean fails = asked.map().unmapped() == Unmapped.FAIL;
    String columns = String.join(", ", asked.columns());
    return new DataCheck(
            "DATA_VALUE_UNMAPPED",
            place + "." + columns,
            new RowTest.Stated(condition),
            fails ? Fate.HELD : Fate.LOADED,
            (asked.ofOrg() ? "have what stands for no %s of the org" : "have what the map %s lacks")
                .formatted(asked.map().name()),
            asked.ofOrg()
                ? "Compare SELECT DISTINCT %s with the org, or name a fallback in tables[].fallbacks."
                    .formatted(columns)
                : "Complete the map by SELECT DISTINCT %s, or give it a default."
                    .formatted(columns))
        .telling(
            asked.columns().size() == 1
                ? table.shape().column(asked.columns().get(0))
                : Optional.empty());
  }

  /** Rows whose parents are not there. */
  DataCheck orphans(Parents parents) {
    Optional<OrphanPolicy> policy =
        Optional.ofNullable(table.config().hierarchy().orphans().get(parents.field()));
    String among =
        String.join(
            ", ", parents.among().stream().map(one -> one.rows().toString()).distinct().toList());
    return new DataCheck(
            "DATA_ORPHANS",
            place(parents),
            new RowTest.Null(table.shape().required(parents.column())),
            policy.map(TableCheckList::fate).orElse(Fate.REFUSED),
            "name parents that are no rows of "
                + among
                + (policy.isPresent() ? "" : ", unless the org has them already"),
            "Correct the rows, leave them out by tables[].where, or say what becomes of them by"
                + " tables[].orphans.")
        .forbidding(policy.filter(OrphanPolicy.FAIL::equals).isPresent());
  }

  /**
   * Rows whose parents are there, but will not get to the org.
   *
   * @param sound a look that leaves those out
   */
  DataCheck lostParents(Parents parents, Parents sound) {
    return new DataCheck(
        "DATA_PARENTS_LOST",
        place(parents),
        new RowTest.NullBeside(
            table.shape().required(sound.column()), table.shape().required(parents.column())),
        Fate.REFUSED,
        "name parents that will not get to the org themselves",
        "Correct what is found of the parents; their rows go then.");
  }

  private String place(Parents parents) {
    return "%s.%s -> %s.%s"
        .formatted(
            table.table(),
            String.join("+", parents.columns()),
            table.object().name(),
            parents.field());
  }

  private static Fate fate(OrphanPolicy policy) {
    return policy == OrphanPolicy.REJECT ? Fate.HELD : Fate.LOADED;
  }

  /** Rows that are too long as a whole; empty where the types allow none. */
  Optional<DataCheck> wide(List<FedField> fields) {
    List<SourceColumn> texts =
        fields.stream()
            .flatMap(field -> field.columns().stream())
            .filter(FedField::isText)
            .toList();
    boolean unbounded =
        texts.stream().anyMatch(c -> c.type() == SourceColumn.Type.LONG_TEXT || c.length() == 0);
    long most = texts.stream().mapToLong(SourceColumn::length).sum();
    return unbounded || most > ROW_UNITS
        ? Optional.of(
            new DataCheck(
                "DATA_ROW_TOO_LONG",
                place,
                new RowTest.Wider(texts, ROW_UNITS - fields.size() + 1),
                Fate.HELD,
                "have more than the %,d characters that the org takes of one, %%,d at the most"
                    .formatted(ROW_UNITS),
                "Shorten the texts by tables[].sql, or leave fields out."))
        : Optional.empty();
  }
}
