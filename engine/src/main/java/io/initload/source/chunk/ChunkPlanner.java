package io.initload.source.chunk;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.config.Affinity;
import io.initload.config.Chunking;
import io.initload.config.Chunking.Strategy;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.LoadEstimate;
import io.initload.plan.PlannedChunk;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.KeyText;
import io.initload.source.sql.Sql;
import io.initload.source.sql.Statements;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The strategies that need nothing but keys: {@code rownum}, {@code key} and {@code whole}. They
 * work on every database. One planner plans one table.
 */
public final class ChunkPlanner {
  /** How a column is cut into parts of equally many rows. */
  public enum QuantileBy {
    /** A window function, which a database with parallel query spreads over its servers. */
    NTILE,
    /** Row numbers, which stream. */
    ROWNUM,
    /** Row numbers of a sample, where there is no room to sort all keys. */
    SAMPLE
  }

  private final Sql sql;
  private final QuantileBy quantileBy;
  private final Planning planning;
  private final TableShape shape;
  private final Chunking chunking;
  private final PlanDraft draft;

  /**
   * Plans one table.
   *
   * @param draft where statements and remarks go, and plans come from
   */
  public ChunkPlanner(Sql sql, QuantileBy quantileBy, Planning planning, PlanDraft draft) {
    this.sql = sql;
    this.quantileBy = quantileBy;
    this.planning = planning;
    this.draft = draft;
    this.shape = planning.shape();
    this.chunking = planning.table().chunking();
  }

  /**
   * Refuses what is configured where it can cut this table by nothing, before anything is counted.
   *
   * @throws Failure {@code SOURCE_STRATEGY}, {@code SOURCE_COLUMN}
   */
  public void check() {
    parentColumn();
    switch (chunking.strategy()) {
      case WHOLE, AUTO -> {}
      case KEY -> required(Ordering.of(shape, planning.table()), "key");
      case ROWNUM -> required(Ordering.of(shape, planning.table()), "rownum");
      case ROWID, PARTITION, HASH -> throw impossible(chunking.strategy());
    }
  }

  /**
   * Plans so that rows of one parent stay together; empty where that is switched off, the table has
   * no parent, or it would be dear. What is said in the last case ends the reason of any other
   * plan.
   */
  public Optional<ChunkPlan> byParent(long rows) throws SQLException {
    Affinity affinity = chunking.affinity();
    boolean wanted = affinity.mode() == Affinity.Mode.COLUMN;
    if (affinity.column().isEmpty() || (!wanted && chunking.strategy() != Strategy.AUTO)) {
      return Optional.empty();
    }
    String name = affinity.column();
    Optional<SourceColumn> column = parentColumn();
    if (column.isEmpty()) {
      return Optional.empty();
    }
    if (rows <= chunking.rows()) {
      ChunkBounds all = new ChunkBounds.KeyRange(List.of(name), List.of(), List.of(), true);
      return Optional.of(
          draft.result(
              Strategy.WHOLE,
              "%,d rows fit one chunk of %,d; ordered by %s, which keeps rows of one parent together"
                  .formatted(rows, chunking.rows(), name),
              "one scan of the table and a sort in one session",
              rows,
              List.of(new PlannedChunk(all, rows, true))));
    }
    if (wanted || shape.keyBegins(name)) {
      return Optional.of(
          quantiles(
              rows,
              new Ordering(List.of(column.get()), false),
              chunks(rows),
              (wanted ? "configured" : "a key begins with " + name)
                  + ", and rows of one parent stay together"));
    }
    draft.remark(
        "; rows of one parent are not kept together, since no key begins with %s: where an index does, set chunking.affinity to it"
            .formatted(name));
    return Optional.empty();
  }

  private Optional<SourceColumn> parentColumn() {
    Affinity affinity = chunking.affinity();
    Optional<SourceColumn> column = shape.column(affinity.column()).filter(KeyText::comparable);
    if (column.isEmpty() && affinity.mode() == Affinity.Mode.COLUMN) {
      throw new Failure(
          Kind.CONFIGURATION,
          "SOURCE_COLUMN",
          "%s has no column %s that rows can be ordered by."
              .formatted(shape.name(), affinity.column()),
          "Correct chunking.affinity of the table, or set it to off.");
    }
    return column;
  }

  /** Plans by the configured strategy, or by the best of those that need nothing but keys. */
  public ChunkPlan plan(long rows) throws SQLException {
    Optional<Ordering> ordering = Ordering.of(shape, planning.table());
    return switch (chunking.strategy()) {
      case WHOLE -> draft.whole(rows, "configured");
      case KEY -> key(rows, required(ordering, "key"), "configured");
      case ROWNUM -> rownum(rows, required(ordering, "rownum"), "configured");
      case ROWID, PARTITION, HASH -> throw impossible(chunking.strategy());
      case AUTO -> auto(rows, ordering);
    };
  }

  private ChunkPlan auto(long rows, Optional<Ordering> ordering) throws SQLException {
    if (rows <= chunking.rows()) {
      return draft.whole(rows, "%,d rows fit one chunk of %,d".formatted(rows, chunking.rows()));
    }
    if (ordering.isEmpty()) {
      return draft.whole(rows, "no key to cut it by: " + Ordering.missing(shape));
    }
    Ordering by = ordering.get();
    SourceColumn first = by.columns().get(0);
    if (by.columns().size() == 1 && by.unique() && numeric(first)) {
      return key(rows, by, "its key %s is one number".formatted(first.name()));
    }
    return rownum(
        rows, by, "its key (%s) orders all rows".formatted(String.join(", ", by.names())));
  }

  private ChunkPlan key(long rows, Ordering by, String reason) throws SQLException {
    SourceColumn column = by.columns().get(0);
    boolean unique = by.unique() && by.columns().size() == 1;
    int chunks = chunks(rows);
    if (numeric(column) && column.scale() == 0 && !column.nullable()) {
      BoundSql query = sql.range(shape, column, planning.snapshot(), chunking.parallelHint());
      draft.noted(query);
      try (PreparedStatement statement = Statements.prepare(planning.connection(), query);
          ResultSet result = statement.executeQuery()) {
        if (result.next()) {
          BigDecimal low = result.getBigDecimal(1);
          BigDecimal high = result.getBigDecimal(2);
          if (low != null && high != null) {
            BigDecimal span = high.subtract(low).add(BigDecimal.ONE);
            if (span.compareTo(BigDecimal.valueOf(rows).multiply(BigDecimal.valueOf(1.25))) <= 0) {
              boolean dense = unique && span.compareTo(BigDecimal.valueOf(rows)) == 0;
              return even(rows, column, low, span, chunks, dense, reason);
            }
          }
        }
      }
    }
    return quantiles(rows, new Ordering(List.of(column), unique), chunks, reason);
  }

  private ChunkPlan even(
      long rows,
      SourceColumn column,
      BigDecimal low,
      BigDecimal span,
      int chunks,
      boolean dense,
      String reason) {
    BigDecimal even =
        span.divide(BigDecimal.valueOf(chunks), 0, RoundingMode.CEILING).max(BigDecimal.ONE);
    BigDecimal step = dense ? BigDecimal.valueOf(wholeBatches(even.longValueExact())) : even;
    List<List<String>> starts = new ArrayList<>();
    for (int i = 1; i < chunks; i++) {
      BigDecimal start = low.add(step.multiply(BigDecimal.valueOf(i)));
      if (start.compareTo(low.add(span)) < 0) {
        starts.add(List.of(start.toPlainString()));
      }
    }
    long each = dense ? step.longValueExact() : Math.max(1, rows / (starts.size() + 1));
    return draft.result(
        Strategy.KEY,
        reason + "; its values are dense, so ranges are of even width",
        "planning: smallest and largest key and a count; reading: one range scan per chunk",
        rows,
        KeyRanges.of(List.of(column), starts, rows, each, dense, false));
  }

  /** Ranges of one column; read in its order where a range is to keep equal values together. */
  private ChunkPlan quantiles(long rows, Ordering by, int chunks, String reason)
      throws SQLException {
    SourceColumn column = by.columns().get(0);
    boolean ordered = chunking.affinity().column().equals(column.name()) && !by.unique();
    long each = perChunk(rows, chunks);
    List<List<String>> starts;
    if (quantileBy != QuantileBy.NTILE) {
      each = wholeBatches(each);
      starts = boundaries(List.of(column), each);
    } else {
      starts = new ArrayList<>();
      BoundSql query =
          sql.quantiles(shape, column, chunks, rows, planning.snapshot(), chunking.parallelHint());
      draft.noted(query);
      try (PreparedStatement statement = Statements.prepare(planning.connection(), query);
          ResultSet result = statement.executeQuery()) {
        for (boolean first = true; result.next(); first = false) {
          String start = KeyText.format(result, 1, column);
          if (!first && start != null) {
            starts.add(List.of(start));
          }
        }
      }
      starts = starts.stream().distinct().toList();
    }
    return draft.result(
        Strategy.KEY,
        reason + "; ranges hold equally many rows",
        "planning: one pass over the key with a sort; reading: one range scan per chunk"
            + (ordered ? ", sorted" : ""),
        rows,
        KeyRanges.of(
            by.columns(),
            starts,
            rows,
            each,
            by.unique() && quantileBy == QuantileBy.ROWNUM,
            ordered));
  }

  private ChunkPlan rownum(long rows, Ordering by, String reason) throws SQLException {
    long each = chunking.rows();
    return draft.result(
        Strategy.ROWNUM,
        reason + "; each chunk is a bucket of row numbers over the ordered keys",
        "planning: one pass over the keys with a sort, which may need temporary space; reading: one"
            + " range scan per chunk, a full scan each where no index serves the key",
        rows,
        KeyRanges.of(
            by.columns(),
            boundaries(by.columns(), each),
            rows,
            each,
            by.unique() && quantileBy != QuantileBy.SAMPLE,
            false));
  }

  private List<List<String>> boundaries(List<SourceColumn> key, long each) throws SQLException {
    BoundSql query =
        sql.rownumBoundaries(shape, key, each, planning.snapshot(), chunking.parallelHint());
    draft.noted(query);
    List<List<String>> starts =
        Statements.all(
            planning.connection(),
            query,
            row -> {
              List<String> start = new ArrayList<>();
              for (int i = 0; i < key.size(); i++) {
                String text = KeyText.format(row, i + 1, key.get(i));
                if (text != null) {
                  start.add(text);
                }
              }
              return start;
            });
    return starts.stream().filter(start -> start.size() == key.size()).distinct().toList();
  }

  /** Whether rows can be cut by a key. */
  public boolean ordered() {
    return Ordering.of(shape, planning.table()).isPresent();
  }

  private static boolean numeric(SourceColumn column) {
    return column.type() == SourceColumn.Type.NUMBER;
  }

  private Ordering required(Optional<Ordering> ordering, String strategy) {
    return ordering.orElseThrow(
        () -> impossible(strategy, "it has no key to cut it by: " + Ordering.missing(shape)));
  }

  private Failure impossible(Strategy strategy) {
    return switch (strategy) {
      case ROWID -> impossible("rowid", "it has no physical row addresses to cut by");
      case PARTITION -> impossible("partition", "it has no partitions");
      default -> impossible("hash", "it has nothing that this database has a hash of");
    };
  }

  private Failure impossible(String strategy, String why) {
    return new Failure(
        Kind.CONFIGURATION,
        "SOURCE_STRATEGY",
        "%s cannot be cut by the strategy %s: %s.".formatted(shape.name(), strategy, why),
        "Set chunking.strategy of the table to auto.");
  }

  private int chunks(long rows) {
    return (int) Math.max(1, Math.min(100_000, (rows + chunking.rows() - 1) / chunking.rows()));
  }

  private static long perChunk(long rows, int chunks) {
    return Math.max(1, (rows + chunks - 1) / chunks);
  }

  /** So many rows, or a few more, that only the last chunk has a batch which is not full. */
  private long wholeBatches(long rows) {
    long batches = LoadEstimate.batches(rows);
    long whole = batches * LoadEstimate.BATCH_ROWS;
    return batches > 1 && whole <= chunking.rows() ? whole : rows;
  }
}
