package io.initload.source;

import io.initload.Failure;
import io.initload.Nearest;
import io.initload.config.SourceName;
import io.initload.config.rows.Choice;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A table as the database's dictionary describes it.
 *
 * @param name with the owner filled in
 * @param columns in their order; hidden ones are left out. Behind them what is computed
 * @param keys enforced primary and unique keys, the primary key first
 * @param rowEstimate rows by the statistics; -1 when there are none
 * @param rowBytes average width by the statistics; 0 when there are none
 * @param large whether values of megabytes may be in it, where the database hands out rows as a
 *     whole
 * @param characters what the database says of its texts
 * @param others the tables whose rows decide which of its own a trial takes
 */
public record TableShape(
    SourceName name,
    Kind kind,
    List<SourceColumn> columns,
    List<Key> keys,
    long rowEstimate,
    int rowBytes,
    boolean large,
    Characters characters,
    Map<Choice.Rows, TableShape> others) {
  /** What kinds of table differ in, as far as cutting them into chunks goes. */
  public enum Kind {
    /** An ordinary table: rows have physical addresses. */
    HEAP,
    /** An ordinary table in partitions. */
    PARTITIONED,
    /** Oracle: the rows live in the primary key's index; no physical addresses. */
    INDEX_ORGANIZED,
    /** Oracle: rows share blocks with those of other tables; addresses cannot be cut by table. */
    CLUSTER,
    /** Rows live in files outside the database; no snapshot. */
    EXTERNAL,
    /** Rows are another session's; cannot be migrated. */
    TEMPORARY,
    VIEW,
    /** Anything else that can be selected from. */
    OTHER
  }

  /** What the bytes of texts are, as the database has them in its own character set. */
  public enum Characters {
    /** UTF-8, and the bytes can be had. */
    UTF8,
    /** Said to be ASCII; any bytes are taken for it. */
    ASCII,
    /** Of whatever set: the database or its driver makes characters of them. */
    DECODED
  }

  /**
   * A set of columns no two rows agree in.
   *
   * @param nullable whether one of the columns may be null
   */
  public record Key(String name, boolean primary, boolean nullable, List<String> columns) {
    public Key {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Columns whose values name a row of another table, or of the same one.
   *
   * @param parent with its owner
   * @param parentColumns in the order of {@code columns}
   */
  public record ForeignKey(
      String name, List<String> columns, SourceName parent, List<String> parentColumns) {
    public ForeignKey {
      columns = List.copyOf(columns);
      parentColumns = List.copyOf(parentColumns);
    }
  }

  /** A table of a database that hands out large values in pieces, and knows its letters. */
  public TableShape(
      SourceName name,
      Kind kind,
      List<SourceColumn> columns,
      List<Key> keys,
      long rowEstimate,
      int rowBytes) {
    this(name, kind, columns, keys, rowEstimate, rowBytes, false, Characters.DECODED);
  }

  /** One whose rows are taken for what they are themselves. */
  public TableShape(
      SourceName name,
      Kind kind,
      List<SourceColumn> columns,
      List<Key> keys,
      long rowEstimate,
      int rowBytes,
      boolean large,
      Characters characters) {
    this(name, kind, columns, keys, rowEstimate, rowBytes, large, characters, Map.of());
  }

  public TableShape {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
    others = Map.copyOf(others);
  }

  /** This table, of which a trial takes some rows. */
  TableShape chosen(Choice by, Map<Choice.Rows, TableShape> beside) {
    return new TableShape(
        name.chosen(by), kind, columns, keys, rowEstimate, rowBytes, large, characters, beside);
  }

  /** Whether the database says that its texts are ASCII, and takes any bytes for them. */
  public boolean ascii() {
    return characters == Characters.ASCII;
  }

  /** A table that its choice looks at. */
  public TableShape other(Choice.Rows rows) {
    return Objects.requireNonNull(others.get(rows));
  }

  /**
   * This table, whose rows others can see too.
   *
   * @throws Failure {@code SOURCE_TEMPORARY} when they are their session's own
   */
  TableShape permanent() {
    if (kind == Kind.TEMPORARY) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "SOURCE_TEMPORARY",
          name + " is a temporary table: its rows are visible to their session alone.",
          "Copy its rows into a permanent table, and name that in tables[].source.");
    }
    return this;
  }

  /**
   * This table, of which some rows are meant, with what is computed of them.
   *
   * @param rows under whatever name they were asked for
   */
  TableShape of(SourceName rows, List<SourceColumn> computed) {
    SourceName full =
        name.where(rows.where())
            .computing(rows.computed())
            .narrowed(rows.narrowing())
            .beside(rows.parents());
    List<SourceColumn> all = new ArrayList<>(columns);
    all.addAll(computed);
    return new TableShape(full, kind, all, keys, rowEstimate, rowBytes, large, characters);
  }

  /** The column of exactly that name. */
  public Optional<SourceColumn> column(String column) {
    return columns.stream().filter(c -> c.name().equals(column)).findFirst();
  }

  /**
   * The column of exactly that name.
   *
   * @throws Failure {@code SOURCE_COLUMN} when there is none, with the nearest one
   */
  public SourceColumn required(String column) {
    return column(column)
        .orElseThrow(
            () -> {
              List<String> names = columns.stream().map(SourceColumn::name).toList();
              return new Failure(
                  Failure.Kind.CONFIGURATION,
                  "SOURCE_COLUMN",
                  "There is no column %s in %s.%s"
                      .formatted(
                          column,
                          name,
                          Nearest.to(column, names)
                              .map(n -> " Did you mean " + n + "?")
                              .orElse("")),
                  "Correct tables[].columns; names are exact, letter case included.");
            });
  }

  /**
   * The columns of these reads, in their order.
   *
   * @throws Failure {@code SOURCE_COLUMN} when one is missing or cannot be read
   */
  List<SourceColumn> readable(List<ColumnRead> reads) {
    List<SourceColumn> readable = reads.stream().map(read -> required(read.column())).toList();
    for (SourceColumn column : readable) {
      if (column.type() == SourceColumn.Type.UNSUPPORTED) {
        throw new Failure(
            Failure.Kind.CONFIGURATION,
            "SOURCE_COLUMN",
            "Column %s of %s has the type %s, which cannot be loaded."
                .formatted(column.name(), name, column.declared()),
            "Leave it out, or give its content as text by a view.");
      }
    }
    return readable;
  }

  /** The columns that a range of this table is cut by. */
  public List<SourceColumn> key(ChunkBounds.KeyRange range) {
    return range.columns().stream().map(this::required).toList();
  }

  /** Whether a key promises that no two rows agree in these columns, and that none is null. */
  public boolean unique(List<String> of) {
    Set<String> wanted = new HashSet<>(of);
    return keys.stream().anyMatch(k -> !k.nullable() && wanted.containsAll(k.columns()));
  }

  /**
   * Whether an enforced key without nulls begins with the column: it is indexed, and never null.
   */
  public boolean keyBegins(String column) {
    return keys.stream().anyMatch(k -> !k.nullable() && k.columns().get(0).equals(column));
  }

  /** The key to number rows by: not null, primary if there is one, else the shortest. */
  public Optional<Key> orderingKey() {
    return keys.stream()
        .filter(k -> !k.nullable())
        .min(
            (a, b) ->
                a.primary() != b.primary()
                    ? (a.primary() ? -1 : 1)
                    : Integer.compare(a.columns().size(), b.columns().size()));
  }
}
