package io.initload.simulator.contract;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;

/** Reads the CSV of results. */
final class Csv {
  private Csv() {}

  static List<List<String>> parse(String text) {
    List<List<String>> rows = new ArrayList<>();
    for (CsvRecord row : CsvReader.builder().ofCsvRecord(text)) {
      rows.add(row.getFields());
    }
    return rows;
  }

  /** The values of one column, without its header. */
  static List<String> column(List<List<String>> rows, String name) {
    int at = rows.get(0).indexOf(name);
    if (at < 0) {
      throw new AssertionError("no column %s in %s".formatted(name, rows.get(0)));
    }
    return rows.stream().skip(1).map(row -> row.get(at)).toList();
  }
}
