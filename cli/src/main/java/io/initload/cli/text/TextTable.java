package io.initload.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Columns of text for a terminal; numbers are set to the right. */
public final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  public TextTable(String... header) {
    rows.add(header);
  }

  public void row(String... cells) {
    rows.add(Stream.of(cells).map(Printable::line).toArray(String[]::new));
  }

  public static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = rows.get(r)[i];
        boolean right = isNumber(rows.get(rows.size() > 1 ? Math.max(r, 1) : r)[i]);
        String pad = " ".repeat(widths[i] - cell.length());
        line.append(right ? pad + cell : cell + pad).append("  ");
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[~0-9][0-9,.]*%?");
  }
}
