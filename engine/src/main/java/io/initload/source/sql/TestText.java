package io.initload.source.sql;

import io.initload.mapping.SourceColumn;
import io.initload.plan.scan.RowTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tests of rows as conditions over the alias {@code t}: not true for rows that they do not hit. */
final class TestText {
  /** What Oracle takes in one list. */
  private static final int LIST_MAX = 1_000;

  private final Words words;

  TestText(Words words) {
    this.words = words;
  }

  String of(RowTest test) {
    if (test instanceof RowTest.Null none) {
      return words.name(none.column()) + " IS NULL";
    }
    if (test instanceof RowTest.NullBeside none) {
      return "%s IS NULL AND %s IS NOT NULL"
          .formatted(words.name(none.column()), words.name(none.other()));
    }
    if (test instanceof RowTest.Empty empty) {
      return empty.columns().size() == 1
          ? empty(empty.columns().get(0), empty.blanks())
          : empty.columns().stream()
              .map(column -> words.name(column) + " IS NULL")
              .collect(Collectors.joining(" OR "));
    }
    if (test instanceof RowTest.Longer || test instanceof RowTest.Wider) {
      return longer(test);
    }
    if (test instanceof RowTest.Larger || test instanceof RowTest.Finer) {
      return number(test);
    }
    if (test instanceof RowTest.Outside outside) {
      String name = words.name(outside.column());
      return "%s < %s OR %s >= %s"
          .formatted(name, words.day(outside.from()), name, words.day(outside.before()));
    }
    if (test instanceof RowTest.Unlisted unlisted) {
      return unlisted(unlisted);
    }
    if (test instanceof RowTest.Controls controls) {
      return length(words.text(controls.column()))
          + " > "
          + length(words.withoutControls(words.text(controls.column())));
    }
    return ((RowTest.Stated) test).sql();
  }

  /** What the greatest of is told of the rows that a test hits; empty for nothing. */
  String measured(RowTest test) {
    return test instanceof RowTest.Longer || test instanceof RowTest.Wider ? units(test) : "";
  }

  private String empty(SourceColumn column, boolean blanks) {
    String none = words.name(column) + " IS NULL";
    if (column.type() != SourceColumn.Type.TEXT && column.type() != SourceColumn.Type.LONG_TEXT) {
      return none;
    }
    String text = words.text(column);
    return none + " OR " + length(blanks ? words.trimmed(text) : text) + " = 0";
  }

  private static String length(String text) {
    return "COALESCE(LENGTH(" + text + "), 0)";
  }

  private String longer(RowTest test) {
    long most = test instanceof RowTest.Longer one ? one.units() : ((RowTest.Wider) test).units();
    return units(test) + " > " + most;
  }

  private String units(RowTest test) {
    if (test instanceof RowTest.Longer longer) {
      String staged = words.staged(longer.column());
      return words.units(longer.column(), longer.trimmed() ? words.trimmed(staged) : staged);
    }
    return ((RowTest.Wider) test)
        .columns().stream()
            .map(column -> "COALESCE(" + words.units(column, words.staged(column)) + ", 0)")
            .collect(Collectors.joining(" + "));
  }

  private String number(RowTest test) {
    if (test instanceof RowTest.Finer finer) {
      String name = words.name(finer.column());
      return name + " <> " + words.rounded(name, finer.decimals());
    }
    RowTest.Larger larger = (RowTest.Larger) test;
    String magnitude = "ABS(" + words.name(larger.column()) + ")";
    String shown = larger.decimals() < 0 ? magnitude : words.rounded(magnitude, larger.decimals());
    return shown + " >= 1" + "0".repeat(larger.digits());
  }

  private String unlisted(RowTest.Unlisted unlisted) {
    String text = words.trimmed(words.staged(unlisted.column()));
    List<String> conditions = new ArrayList<>(List.of(length(text) + " > 0"));
    List<String> values = unlisted.values();
    for (int from = 0; from < values.size(); from += LIST_MAX) {
      conditions.add(
          values.subList(from, Math.min(values.size(), from + LIST_MAX)).stream()
              .map(value -> words.literal(value.toLowerCase(Locale.ROOT)))
              .collect(Collectors.joining(", ", "LOWER(" + text + ") NOT IN (", ")")));
    }
    return String.join(" AND ", conditions);
  }
}
