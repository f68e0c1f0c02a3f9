package io.initload.codes;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The codes of one system, from {@code NAME.csv} beside this class: engine and runbook read the
 * same lines. Of several that fit, the first counts. Immutable.
 */
public final class CodeTable {
  private final List<CodeEntry> entries;

  private CodeTable(List<CodeEntry> entries) {
    this.entries = entries;
  }

  /** The table of that name, which must exist. */
  public static CodeTable read(String name) {
    try (InputStream in =
            Objects.requireNonNull(CodeTable.class.getResourceAsStream(name + ".csv"), name);
        CsvReader<NamedCsvRecord> csv =
            CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.STRICT)
                .extraFieldStrategy(FieldMismatchStrategy.STRICT)
                .ofNamedCsvRecord(in)) {
      return new CodeTable(csv.stream().map(CodeTable::entry).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** All entries, in the order in which they are tried. */
  public List<CodeEntry> entries() {
    return entries;
  }

  /** What is known of an error; empty for nothing. */
  public Optional<CodeEntry> find(String code, String message) {
    return entries.stream().filter(entry -> entry.fits(code, message)).findFirst();
  }

  private static CodeEntry entry(NamedCsvRecord line) {
    String codes = line.getField("codes");
    return new CodeEntry(
        codes.isEmpty() ? List.of() : List.of(codes.split(" ", -1)),
        line.getField("text"),
        line.getField("class"),
        ErrorScope.valueOf(line.getField("reach")),
        line.getField("trait"),
        line.getField("quotes"),
        line.getField("failure"),
        line.getField("meaning"),
        line.getField("remedy"),
        line.getField("fact"));
  }
}
