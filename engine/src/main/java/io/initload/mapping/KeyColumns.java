package io.initload.mapping;

import io.initload.mapping.RowMapping.Piece;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the columns of an external id tell of the key that is staged: line ends become LF, control
 * characters go, blanks around it are not stored, fractions of a second are cut, columns are
 * joined. Values that differ in the source may so become one key, and one record.
 */
public final class KeyColumns {
  private static final Pattern DIGITS = Pattern.compile("\\((\\d+)\\)");

  /** Digits of a second's fraction that are staged. */
  private static final int FRACTION = 3;

  private final RowMapping key;
  private final List<SourceColumn> columns;
  private final KeyForm form;
  private final ZoneId zone;

  /**
   * @param key the mapping of the key alone
   * @param columns behind its reads
   * @param zone of the source's dates and times without one
   */
  public KeyColumns(RowMapping key, List<SourceColumn> columns, KeyForm form, ZoneId zone) {
    this.key = key;
    this.columns = List.copyOf(columns);
    this.form = form;
    this.zone = zone;
  }

  /** Whether columns that differ are keys that differ, whatever their values. */
  public static boolean exact(List<SourceColumn> columns, KeyForm form) {
    return columns.stream().allMatch(c -> !form.blurs(c) && verbatim(c));
  }

  /** The columns whose values are texts. */
  public static List<SourceColumn> texts(List<SourceColumn> columns) {
    return columns.stream().filter(c -> c.type() == SourceColumn.Type.TEXT).toList();
  }

  /** Whether rows that differ in the source have keys that differ. */
  public boolean exact() {
    return comparable() && exact(columns, form);
  }

  /**
   * Whether the database finds all rows that share a key by grouping its columns, as long as texts
   * are staged as they are stored.
   */
  public boolean comparable() {
    boolean kept = columns.stream().allMatch(c -> (verbatim(c) || text(c)) && zoned(c));
    boolean joined = columns.size() > 1 || fixed().length() > 0;
    return kept && (!joined || apart());
  }

  public List<SourceColumn> texts() {
    return texts(columns);
  }

  /** Characters that a text does not keep, or that join it with others. */
  public String changed() {
    String controls =
        IntStream.range(0, ' ').mapToObj(Character::toString).collect(Collectors.joining());
    return controls + fixed();
  }

  /** A character that texts keep. */
  public String kept() {
    String joining = fixed();
    return IntStream.rangeClosed('0', 'z')
        .mapToObj(Character::toString)
        .filter(c -> !joining.contains(c))
        .findFirst()
        .orElse(" ");
  }

  /**
   * Whether a joined key can be taken apart again: each column ends where the text after it begins.
   */
  private boolean apart() {
    List<Piece> pieces = key.fields().get(0);
    boolean apart = form != KeyForm.NUMBER;
    for (int i = 1; i < pieces.size(); i++) {
      apart &= !(pieces.get(i - 1) instanceof Piece.Read read) || ends(read, pieces.get(i));
    }
    return apart;
  }

  private boolean ends(Piece.Read read, Piece next) {
    return next instanceof Piece.Text text
        && !text.text().isEmpty()
        && inside(columns.get(read.read())).indexOf(text.text().charAt(0)) < 0;
  }

  /**
   * Characters that a value can go on with after its first one. Dates and truth values are none
   * another begins with; texts are looked at one by one.
   */
  private static String inside(SourceColumn column) {
    return switch (column.type()) {
      case TEXT, DATE, BOOLEAN -> "";
      case NUMBER -> "0123456789.";
      case DATETIME, TIME -> "0123456789.:TZ";
      case BINARY -> "0123456789abcdef";
      default -> throw new IllegalStateException(column.declared() + " is never taken apart");
    };
  }

  /** The texts between the columns. */
  private String fixed() {
    return key.fields().get(0).stream()
        .map(piece -> piece instanceof Piece.Text text ? text.text() : "")
        .collect(Collectors.joining());
  }

  /** In a zone that turns its clocks, two times of a day can be one instant. */
  private boolean zoned(SourceColumn column) {
    return column.type() != SourceColumn.Type.DATETIME || zone.getRules().isFixedOffset();
  }

  private static boolean text(SourceColumn column) {
    return column.type() == SourceColumn.Type.TEXT;
  }

  /** Whether values are staged whole: none but texts that differ are staged alike. */
  private static boolean verbatim(SourceColumn column) {
    return switch (column.type()) {
      case NUMBER, BOOLEAN, DATE, BINARY -> true;
      case DATETIME, TIME -> fraction(column) <= FRACTION;
      case TEXT, FLOAT, INSTANT, INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED -> false;
    };
  }

  private static int fraction(SourceColumn column) {
    if (column.declared().equals("DATE")) {
      return 0;
    }
    Matcher digits = DIGITS.matcher(column.declared());
    return digits.find() ? Integer.parseInt(digits.group(1)) : Integer.MAX_VALUE;
  }
}
