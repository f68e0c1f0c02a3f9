package io.initload.source;

import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.source.sql.BoundSql;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * By which statements a kind of database shows that it is as the code takes it to be. Stateless;
 * all but {@link Scratch} only read, and little.
 */
public interface Evidence {
  /** Above so many rows, by the statistics, a table is sampled by blocks. */
  int SAMPLED_ABOVE = 100_000;

  /** Characters of a text, or bytes, that are compared. */
  int COMPARED = 300;

  /**
   * An expression that yields the database's own text of a column's values, in a form that {@link
   * DecodingCheck} knows; empty where it has none.
   */
  Optional<String> text(SourceColumn column);

  /** How such a text is read: a column of some kind of text. */
  SourceColumn told();

  /** A column as it is always selected, and beside it an expression, of some rows. */
  BoundSql sample(TableShape shape, SourceColumn column, String expression, int rows);

  /** Addresses of some rows, sorted by the database; empty where rows have none. */
  Optional<BoundSql> addresses(TableShape shape, int rows);

  /** Whether the numbers that addresses stand for ascend. */
  boolean ascend(List<String> addresses);

  /** The UTC of a local time, by the database's own rules; empty where it has none of its own. */
  Optional<BoundSql> utc(ZoneId zone, LocalDateTime local);

  /** What the character sets are called. */
  Optional<BoundSql> characterSet();

  /** What helps and can be done without. */
  List<Help> helps();

  /**
   * Something that helps and can be done without.
   *
   * @param name of what is tried
   * @param sql does nothing, and is refused where the user may not
   * @param without what is done instead
   */
  record Help(String name, BoundSql sql, String without) {}

  /** How to try a change beside a read at a snapshot; empty where there are no snapshots. */
  Optional<Scratch> scratch(SourceName table);

  /**
   * A table of three rows, ID 1 to 3 with V 'a' to 'c'.
   *
   * @param make makes it
   * @param change updates, deletes and inserts
   * @param drop takes it away
   */
  record Scratch(List<String> make, List<String> change, List<String> drop) {
    public Scratch {
      make = List.copyOf(make);
      change = List.copyOf(change);
      drop = List.copyOf(drop);
    }
  }
}
