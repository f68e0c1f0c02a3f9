package io.initload.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Charts as SVG elements for a page of ours, which says by its style sheet what {@code chart-line},
 * {@code chart-text}, {@code chart-good}, {@code chart-more}, {@code chart-bad} and {@code
 * chart-held} look like. Every text in them is escaped; nothing in them is style or script.
 */
public final class Chart {
  private static final double LEFT = 88;
  private static final double RIGHT = 716;
  private static final double TOP = 12;
  private static final double BOTTOM = 174;

  /**
   * Where bars begin that lie below one another, and end at the most; and how far apart they are.
   */
  private static final double BARS = 300;

  private static final double BARS_END = 640;
  private static final double ROW = 22;

  /** What is there at all is seen, however little it is. */
  private static final double LEAST = 1;

  private static final int GRID = 2;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Chart() {}

  /**
   * What was in one spell.
   *
   * @param value not negative
   * @param bad how much of it; from 0 to the value
   */
  public record Column(Instant at, double value, double bad) {}

  /** A colour with a meaning. */
  public enum Style {
    GOOD,
    MORE,
    BAD,
    HELD
  }

  /**
   * A part of a whole.
   *
   * @param value not negative
   */
  public record Share(String name, Style style, long value) {}

  @SuppressWarnings("unused") // named in the templates
  private record Line(String y, String middle, String label) {}

  @SuppressWarnings("unused") // named in the templates
  private record Bar(String style, String x, String y, String width, String height, String label) {}

  @SuppressWarnings("unused") // named in the templates
  private record Mark(String x, String anchor, String moment, String label) {}

  @SuppressWarnings("unused") // named in the templates
  private record Part(
      String style, String x, String width, String slot, String words, String label) {}

  @SuppressWarnings("unused") // named in the templates
  private record Row(
      String style, String y, String words, String width, String end, String name, String value) {}

  @SuppressWarnings("unused") // named in the templates
  private record Rows(String title, String height, List<Row> rows) {}

  @SuppressWarnings("unused") // named in the templates
  private record Columns(String title, List<Line> grid, List<Bar> bars, List<Mark> marks) {}

  @SuppressWarnings("unused") // named in the templates
  private record Shares(String title, List<Part> parts) {}

  /**
   * Columns over time, one beside the other. Moments stand in UTC, and as {@code data-moment} for a
   * page that knows its reader's zone.
   *
   * @param title says what is seen to somebody who does not see it
   * @param columns in the order of time, of equal length
   */
  public static String columns(String title, List<Column> columns) {
    double most = columns.stream().mapToDouble(Column::value).max().orElse(0);
    double scale = rounded(most);
    double width = (RIGHT - LEFT) / Math.max(1, columns.size());
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String label = TIME.format(column.at()) + ": " + number(column.value());
      if (column.value() > 0) {
        bars.add(bar("chart-good", i, width, column.value() / scale, label));
      }
      if (column.bad() > 0) {
        String refused = label + ", of them refused " + number(column.bad());
        bars.add(bar("chart-bad", i, width, column.bad() / scale, refused));
      }
    }
    return write("columns.svg", new Columns(title, grid(scale), bars, marks(columns, width)));
  }

  private static Bar bar(String style, int place, double width, double share, String label) {
    double height = Math.max(LEAST, share * (BOTTOM - TOP));
    double gap = width > 3 ? 1 : 0;
    return new Bar(
        style, at(LEFT + place * width), at(BOTTOM - height), at(width - gap), at(height), label);
  }

  private static List<Line> grid(double scale) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i <= GRID; i++) {
      double y = BOTTOM - (BOTTOM - TOP) * i / GRID;
      lines.add(new Line(at(y), at(y + 4), number(scale * i / GRID)));
    }
    return lines;
  }

  private static List<Mark> marks(List<Column> columns, double width) {
    int last = columns.size() - 1;
    return columns.isEmpty()
        ? List.of()
        : new TreeSet<>(List.of(0, last / 2, last))
            .stream()
                .map(
                    i ->
                        new Mark(
                            at(i == last && i > 0 ? RIGHT : LEFT + i * width),
                            i == 0 ? "start" : i == last ? "end" : "middle",
                            columns.get(i).at().toString(),
                            TIME.format(columns.get(i).at())))
                .toList();
  }

  /** One bar that is cut into the parts of a whole, with their names below; at most four. */
  public static String shares(String title, List<Share> shares) {
    double whole = Math.max(1.0, shares.stream().mapToDouble(Share::value).sum());
    double slot = (RIGHT - 4) / Math.max(1, shares.size());
    List<Part> parts = new ArrayList<>();
    double x = 4;
    for (int i = 0; i < shares.size(); i++) {
      Share share = shares.get(i);
      double width = share.value() * (RIGHT - 4) / whole;
      parts.add(
          new Part(
              share.style().name().toLowerCase(Locale.ROOT),
              at(x),
              at(width),
              at(4 + i * slot),
              at(18 + i * slot),
              "%s %s".formatted(share.name(), number((double) share.value()))));
      x += width;
    }
    return write("shares.svg", new Shares(title, parts));
  }

  /** A bar for each, one below the other, as long as its value, with its name and number. */
  public static String bars(String title, List<Share> shares) {
    double most = Math.max(1.0, shares.stream().mapToDouble(Share::value).max().orElse(0));
    List<Row> rows = new ArrayList<>();
    for (Share share : shares) {
      double y = 4 + rows.size() * ROW;
      double width = Math.max(LEAST, share.value() / most * (BARS_END - BARS));
      rows.add(
          new Row(
              share.style().name().toLowerCase(Locale.ROOT),
              at(y),
              at(y + ROW / 2),
              at(width),
              at(BARS + width + 6),
              share.name(),
              number((double) share.value())));
    }
    return write("bars.svg", new Rows(title, at(8 + rows.size() * ROW), rows));
  }

  /** The next number above that a person would write beside a line: 1, 2 or 5 and zeros. */
  private static double rounded(double most) {
    if (most <= 0) {
      return 1;
    }
    double ten = Math.pow(10, Math.floor(Math.log10(most)));
    for (int step : new int[] {1, 2, 5}) {
      if (step * ten >= most) {
        return step * ten;
      }
    }
    return 10 * ten;
  }

  private static String number(double value) {
    return value == Math.rint(value) && value < Long.MAX_VALUE
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.1f", value);
  }

  private static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }

  private static String write(String template, Object values) {
    try (Reader text =
        new InputStreamReader(
            Objects.requireNonNull(Chart.class.getResourceAsStream(template), template),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler().escapeHTML(true).compile(text).execute(values);
    } catch (IOException e) {
      throw new UncheckedIOException("the chart's template cannot be read", e);
    }
  }
}
