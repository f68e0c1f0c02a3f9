package io.initload.pipeline;

import io.initload.Failure;
import io.initload.Nearest;
import io.initload.ledger.Correction;
import io.initload.ledger.Correction.Origin;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.KeyForm;
import io.initload.pipeline.work.KeySet;
import io.initload.staging.CsvSheet;
import io.initload.staging.MalformedSheet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rows of one table that need a person, as CSV: the fields as they were staged, under the names
 * they have in Salesforce, and before them why and where each row stopped. The same file comes back
 * corrected; column {@code _row} says which row each line is, and the other columns with an
 * underscore are for people and not read.
 */
public final class DeadLetterFile {
  private static final String ROW = "_row";
  private static final String TABLE = "_table";
  private static final List<String> ABOUT =
      List.of(ROW, TABLE, "_state", "_code", "_message", "_chunk", "_job");
  private static final int PAGE = 1_000;

  private DeadLetterFile() {}

  /**
   * Writes the rows of a table that the filter means, header first.
   *
   * @param form whether cells are made safe for a spreadsheet; {@link #read} understands both
   * @return how many
   */
  public static long write(Ledger ledger, Pass table, Set<String> codes, SheetForm form, Writer out)
      throws IOException {
    DeadLetterFilter filter = new DeadLetterFilter(Set.of(table.name()), codes);
    long rows = 0;
    try (CsvSheet.Out csv = new CsvSheet.Out(out)) {
      csv.write(Stream.of(ABOUT, form.columns(), table.header()).flatMap(List::stream).toList());
      long after = 0;
      for (List<ExceptionRow> page = ledger.deadLetters().page(filter, after, PAGE);
          !page.isEmpty();
          page = ledger.deadLetters().page(filter, after, PAGE)) {
        for (ExceptionRow row : page) {
          csv.write(fields(row, form));
          after = row.id();
          rows++;
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return rows;
  }

  private static List<String> fields(ExceptionRow row, SheetForm form) {
    List<String> fields = new ArrayList<>();
    fields.add(Long.toString(row.id()));
    fields.add(row.table());
    fields.add(row.state().name());
    fields.add(row.code());
    fields.add(row.message());
    fields.add(Chunk.label(row.table(), row.chunk()));
    fields.add(row.job());
    fields.addAll(form.columns());
    fields.addAll(row.data());
    return fields.stream().map(form::write).toList();
  }

  /**
   * Reads a corrected file and shows its rows one after another, with their table.
   *
   * @param by who corrected it
   * @param forms of external ids, by table: texts that the org takes for one are one
   * @return the table
   * @throws Failure {@code DEAD_LETTER_FILE} naming the line, {@code DEAD_LETTER_KEY} for a missing
   *     or repeated external id
   */
  static String read(
      Path file,
      Ledger ledger,
      String by,
      Function<String, Optional<KeyForm>> forms,
      BiConsumer<String, Correction> to) {
    Origin origin = new Origin.Hand(by, file.toAbsolutePath().normalize().toString());
    try (CsvSheet.In csv = new CsvSheet.In(file)) {
      Pass table = null;
      KeyForm form = KeyForm.EXACT;
      KeySet keys = new KeySet();
      KeySet ids = new KeySet();
      while (csv.hasNext()) {
        CsvSheet.Line line = csv.next();
        String where = file + ", line " + line.line();
        if (table == null) {
          table = table(line, where, ledger);
          form = forms.apply(table.name()).orElse(KeyForm.EXACT);
        }
        if (!field(line, TABLE, where).equals(table.name())) {
          throw wrong(where + ": a file holds rows of one table, here " + table.name());
        }
        Correction row = correction(line, table, origin, where);
        if (ids.add(Long.toString(row.id())) == KeySet.NONE) {
          throw wrong("%s: row %d stands twice".formatted(where, row.id()));
        }
        String key = form.canonical(row.externalId());
        if (key.isEmpty() || keys.add(key) == KeySet.NONE) {
          throw new Failure(
              Failure.Kind.CONFIGURATION,
              "DEAD_LETTER_KEY",
              "%s: %s %s."
                  .formatted(
                      where,
                      table.externalId(),
                      key.isEmpty()
                          ? "is empty"
                          : row.externalId() + " stands in an earlier line too"),
              "Give each row an external id of its own. Nothing was changed.");
        }
        to.accept(table.name(), row);
      }
      if (table == null) {
        throw wrong(file + " holds no row");
      }
      return table.name();
    } catch (MalformedSheet e) {
      throw wrong(file + " is no CSV in UTF-8: " + e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      throw wrong(file + " cannot be read: " + e.getMessage());
    }
  }

  private static Pass table(CsvSheet.Line line, String where, Ledger ledger) {
    String name = field(line, TABLE, where);
    Pass table =
        ledger
            .tables()
            .pass(name)
            .orElseThrow(() -> wrong(where + ": the migration has no table " + name));
    for (String column : line.fields().keySet()) {
      if (!ABOUT.contains(column)
          && !column.equals(SheetForm.MARK)
          && !table.header().contains(column)) {
        throw wrong(
            "%s: there is no column %s%s"
                .formatted(where, column, Nearest.hint(column, table.header())));
      }
    }
    return table;
  }

  private static Correction correction(
      CsvSheet.Line line, Pass table, Origin origin, String where) {
    List<String> data = new ArrayList<>();
    for (String column : table.header()) {
      data.add(field(line, column, where));
    }
    String row = field(line, ROW, where);
    try {
      return new Correction(
          Long.parseLong(row), data.get(table.header().indexOf(table.externalId())), data, origin);
    } catch (NumberFormatException e) {
      throw wrong("%s: %s is %s, not a number".formatted(where, ROW, row));
    }
  }

  private static String field(CsvSheet.Line line, String column, String where) {
    return Optional.ofNullable(line.fields().get(column))
        .map(SheetForm.of(line.fields().keySet())::read)
        .orElseThrow(() -> wrong(where + ": no column " + column));
  }

  static Failure wrong(String what) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "DEAD_LETTER_FILE",
        what + ".",
        "Begin from a file of `initload dead-letters export`, keep its columns, and save it as CSV"
            + " in UTF-8 with commas. Nothing was changed.");
  }
}
