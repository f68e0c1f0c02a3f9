package io.initload.source.sql;

import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import java.util.List;

/** How the rows of tables stand in conditions, at the moment that is read. */
public interface RowText {
  /** How many values {@link #hash} has. */
  int HASHES = 1_000_000;

  /** A column over the alias {@code t}. */
  String name(SourceColumn column);

  /** All rows of a table under the alias {@code t}, as {@code FROM} names them. */
  String rows(TableShape table);

  /**
   * A number below {@link #HASHES} that follows from columns over the alias {@code t}, none of them
   * null.
   */
  String hash(List<SourceColumn> columns);

  /**
   * The first rows of a query.
   *
   * @param query ordered
   */
  String first(String query, int rows);
}
