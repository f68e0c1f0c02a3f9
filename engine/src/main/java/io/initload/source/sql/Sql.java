package io.initload.source.sql;

import io.initload.config.Control.Part;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.TableShape;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The statements one database is sent, all of them made in one place. */
public interface Sql {
  /**
   * What rows are grouped by.
   *
   * @param zone of a column whose times have none, where the moment in UTC counts
   */
  record Grouping(SourceColumn column, Part part, Optional<ZoneId> zone) {}

  /**
   * Sums of groups of rows: the groups, their rows and, of a column, the values that are not blank,
   * their sum and that of their magnitudes, the least and the greatest. Empty where this kind of
   * database cannot say it.
   *
   * @param arithmetic whether both sums are asked for
   * @param bounds whether the least and the greatest value are
   */
  Optional<BoundSql> totals(
      TableShape shape,
      List<Grouping> by,
      Optional<SourceColumn> of,
      boolean arithmetic,
      boolean bounds,
      Snapshot snapshot,
      int parallel);

  /** Reads the rows of a chunk. */
  BoundSql read(
      TableShape shape, List<SourceColumn> columns, ChunkBounds bounds, Snapshot snapshot);

  /**
   * Yields an expression of no row, to ask for its type. Refused where it is none of a single row:
   * what sums rows up, or looks at others, is none in a condition.
   */
  BoundSql described(TableShape shape, String expression);

  /**
   * What is null of a row that names a parent which none of some tables has, and never else.
   *
   * @param lookup the columns that name the parent
   * @param form when a name is a parent's key
   */
  String parentThere(List<SourceColumn> lookup, List<ParentLook.Home> homes, KeyForm form);

  /** Yields nothing, and is refused where the rows of a table may not be read at the snapshot. */
  BoundSql probe(TableShape shape, Snapshot snapshot);

  /**
   * Counts the rows of a chunk.
   *
   * @param parallel degree where the chunk is the whole table; part of one is counted serially
   */
  BoundSql count(TableShape shape, ChunkBounds bounds, Snapshot snapshot, int parallel);

  /**
   * Asks the rows as they are now whether they are those of a moment: yields their number, then 1
   * when no version of a row, and no place of one, is younger than the moment's mark. Empty where
   * this kind of table does not tell.
   */
  Optional<BoundSql> sinceMark(TableShape shape, String mark, int parallel);

  /** Reads the rows whose key columns have one of the given texts. */
  BoundSql byKeys(
      TableShape shape,
      List<SourceColumn> columns,
      List<SourceColumn> key,
      List<List<String>> texts,
      Snapshot snapshot);

  /**
   * One row of each group of rows whose columns make one key, with those columns as {@link #read}
   * selects them. Rows with a null among them are left out.
   */
  BoundSql duplicates(
      TableShape shape,
      List<SourceColumn> columns,
      KeyForm form,
      Snapshot snapshot,
      int limit,
      int parallel);

  /**
   * Yields 1 when the text of some row will be staged otherwise than it is stored, so that texts
   * which differ may become one key; else 0.
   *
   * @param texts columns that a key is made of
   * @param changed characters that are left out or replaced on the way, or that join a composite
   * @param kept a character that is none of them
   * @param blanks whether those around a text that is the whole of a key count, too
   */
  BoundSql notVerbatim(
      TableShape shape,
      List<SourceColumn> texts,
      String changed,
      String kept,
      boolean blanks,
      Snapshot snapshot,
      int parallel);

  /**
   * What looks at all rows of a table, or at a sample of them.
   *
   * @param percent of the table that is enough; 100 for all of it. Where rows have no place on the
   *     disk that a sample could be drawn from, all are looked at
   */
  ScanSql scan(TableShape shape, Snapshot snapshot, double percent, int parallel);

  /** Smallest and largest value of a column and the rows of the table. */
  BoundSql range(TableShape shape, SourceColumn column, Snapshot snapshot, int parallel);

  /** First value of each of about {@code chunks} equal parts of the ordered column, then rows. */
  BoundSql quantiles(
      TableShape shape,
      SourceColumn column,
      int chunks,
      long rows,
      Snapshot snapshot,
      int parallel);

  /** Key of each row whose number, in key order, is a multiple of {@code rows}; not the first. */
  BoundSql rownumBoundaries(
      TableShape shape, List<SourceColumn> key, long rows, Snapshot snapshot, int parallel);
}
