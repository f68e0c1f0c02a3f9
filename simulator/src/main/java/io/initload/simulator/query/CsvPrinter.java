package io.initload.simulator.query;

import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.run.QueryRows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows as Bulk query results do: every value quoted, empty for null, columns as selected
 * (docs/reference/salesforce.md, "Bulk query").
 */
public final class CsvPrinter {
  private static final DateTimeFormatter DATETIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'", Locale.ROOT);

  private final List<Column> columns;
  private final char delimiter;
  private final String lineEnd;
  private final StringBuilder line = new StringBuilder();

  public CsvPrinter(List<Column> columns, char delimiter, String lineEnd) {
    this.columns = List.copyOf(columns);
    this.delimiter = delimiter;
    this.lineEnd = lineEnd;
  }

  /** The header line with its end. */
  public byte[] header() {
    line.setLength(0);
    columns.forEach(column -> add(column.name()));
    return line.append(lineEnd).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The row the rows stand on, with its line end. */
  public byte[] row(QueryRows rows) {
    line.setLength(0);
    for (int i = 0; i < columns.size(); i++) {
      add(text(rows.value(i)));
    }
    return line.append(lineEnd).toString().getBytes(StandardCharsets.UTF_8);
  }

  private void add(String value) {
    if (!line.isEmpty()) {
      line.append(delimiter);
    }
    line.append('"')
        .append(value.indexOf('"') < 0 ? value : value.replace("\"", "\"\""))
        .append('"');
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Instant instant) {
      return DATETIME.format(instant);
    }
    return value instanceof LocalTime time ? TIME.format(time) : value.toString();
  }
}
