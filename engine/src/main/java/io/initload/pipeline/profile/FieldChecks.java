package io.initload.pipeline.profile;

import io.initload.config.ValuePolicy.Controls;
import io.initload.config.ValuePolicy.Dates;
import io.initload.config.ValuePolicy.TooLong;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import io.initload.plan.scan.Asked.Fate;
import io.initload.plan.scan.RowTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the values of one field are tested for (docs/reference/salesforce.md, "CSV and values"). */
final class FieldChecks {
  private static final LocalDate FIRST = LocalDate.of(1700, 1, 1);
  private static final LocalDate BEYOND = LocalDate.of(4001, 1, 1);

  private final FedField field;

  private FieldChecks(FedField field) {
    this.field = field;
  }

  static List<DataCheck> of(FedField field) {
    FieldChecks checks = new FieldChecks(field);
    return Stream.of(
            checks.empty(), checks.longer(), checks.outside(), checks.unlisted(), checks.controls())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<DataCheck> empty() {
    boolean nothing = field.columns().isEmpty();
    if (field.key() && !nothing) {
      return Optional.of(
          check(
              "DATA_KEY_NULL",
              new RowTest.Empty(field.columns(), false),
              Fate.HELD,
              "have no external id",
              "Correct the rows, choose columns that are never null, or leave the rows out by"
                  + " tables[].where."));
    }
    boolean required = field.set().filter(FieldChecks::required).isPresent();
    return nothing || !required
        ? Optional.empty()
        : Optional.of(
            check(
                "DATA_REQUIRED_EMPTY",
                new RowTest.Empty(field.columns(), field.column().isPresent()),
                Fate.REFUSED,
                "have nothing for a field that the org requires",
                "Fill the column, by tables[].sql with a value that stands for none, say; or leave"
                    + " the rows out by tables[].where."));
  }

  private static boolean required(TargetField set) {
    return set.createable() && !set.nillable() && !set.defaultedOnCreate();
  }

  private Optional<DataCheck> longer() {
    TooLong policy = field.rule().tooLong();
    int room = field.sent().length();
    boolean judged = TargetKind.of(field.sent()) == TargetKind.TEXT && room > 0;
    boolean asked = policy != TooLong.SEND || !field.lookup();
    return field
        .text()
        .filter(column -> judged && asked)
        .filter(column -> column.length() == 0 || column.length() > room)
        .map(
            column ->
                check(
                    "DATA_TEXT_TOO_LONG",
                    new RowTest.Longer(column, room, policy == TooLong.SEND),
                    switch (policy) {
                      case SEND -> Fate.REFUSED;
                      case REJECT -> Fate.HELD;
                      case TRUNCATE -> Fate.LOADED;
                    },
                    "have more than the %,d characters that the field takes, %%,d at the most"
                        .formatted(room),
                    "Enlarge the field, shorten the texts in the source, or have them cut by"
                        + " values.%s.tooLong: truncate.".formatted(column.name())));
  }

  private Optional<DataCheck> outside() {
    TargetKind kind = TargetKind.of(field.sent());
    boolean dated = kind == TargetKind.DATE || kind == TargetKind.DATETIME;
    return field
        .column()
        .filter(column -> dated && dated(column))
        .map(
            column ->
                check(
                    "DATA_DATE_OUT_OF_RANGE",
                    new RowTest.Outside(column, FIRST, BEYOND),
                    switch (field.rule().dates()) {
                      case SEND -> Fate.REFUSED;
                      case REJECT -> Fate.HELD;
                      case EMPTY, CLAMP -> Fate.LOADED;
                    },
                    "have a date before 1700 or after 4000"
                        + (field.rule().dates() == Dates.EMPTY ? ", which is left out" : ""),
                    "Correct the dates in the source, or say what becomes of them by"
                        + " values.%s.dates.".formatted(column.name())));
  }

  private static boolean dated(SourceColumn column) {
    return column.type() == SourceColumn.Type.DATE
        || column.type() == SourceColumn.Type.DATETIME
        || column.type() == SourceColumn.Type.INSTANT;
  }

  private Optional<DataCheck> unlisted() {
    TargetField sent = field.sent();
    boolean listed =
        sent.restrictedPicklist()
            && sent.type().equals("picklist")
            && !sent.picklistValues().isEmpty();
    return field
        .text()
        .filter(column -> listed && column.type() == SourceColumn.Type.TEXT)
        .map(
            column ->
                check(
                        "DATA_PICKLIST_VALUE",
                        new RowTest.Unlisted(column, sent.picklistValues()),
                        Fate.REFUSED,
                        "have a value that the picklist does not take",
                        "Compare SELECT DISTINCT %s with the picklist; add values in Setup, or map them."
                            .formatted(column.name()))
                    .telling(Optional.of(column)));
  }

  private Optional<DataCheck> controls() {
    Controls policy = field.rule().controls();
    boolean text = TargetKind.of(field.sent()) == TargetKind.TEXT;
    return field
        .text()
        .filter(column -> text && column.type() == SourceColumn.Type.TEXT)
        .map(
            column ->
                check(
                    "DATA_CONTROLS",
                    new RowTest.Controls(column),
                    policy == Controls.REJECT ? Fate.HELD : Fate.LOADED,
                    "have control characters"
                        + (policy == Controls.REJECT ? "" : ", which are not sent"),
                    "Nothing to do if nobody misses them; else clean the texts in the source, or"
                        + " see values.%s.controls.".formatted(column.name())));
  }

  private DataCheck check(String code, RowTest test, Fate fate, String about, String remedy) {
    return new DataCheck(code, field.where(), test, fate, about, remedy);
  }
}
