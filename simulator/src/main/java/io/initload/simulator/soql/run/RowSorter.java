package io.initload.simulator.soql.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts any number of rows in bounded memory: sorted runs go to files and are merged. Stable. Use:
 * {@link #add} all rows, then {@link #sorted} once; closing the sorter (or the cursor) deletes the
 * files.
 */
final class RowSorter implements AutoCloseable {
  /** Estimated heap of the rows held before they are spilled. */
  static final long HELD_BYTES_MAX = 24L << 20;

  private static final int RUNS_MAX = 64;
  private static final int ROW_BYTES = 48;
  private static final int VALUE_BYTES = 40;

  private final Path directory;
  private final Comparator<@Nullable Object[]> order;
  private final long heldBytesMax;
  private List<@Nullable Object[]> held = new ArrayList<>();
  private long heldBytes;
  private List<RowFile> runs = new ArrayList<>();

  RowSorter(Path directory, Comparator<@Nullable Object[]> order, long heldBytesMax) {
    this.directory = directory;
    this.order = order;
    this.heldBytesMax = heldBytesMax;
  }

  void add(@Nullable Object[] row) {
    held.add(row);
    heldBytes += bytes(row);
    if (heldBytes > heldBytesMax) {
      spill();
    }
  }

  /** The rows in order. The cursor takes the files over. */
  RowCursor sorted() {
    held.sort(order);
    RowCursor rest = new HeldRows(held);
    held = new ArrayList<>();
    if (runs.isEmpty()) {
      return rest;
    }
    List<RowCursor> parts = new ArrayList<>();
    runs.forEach(run -> parts.add(run.read()));
    parts.add(rest);
    runs = new ArrayList<>();
    return new Merge(parts, order);
  }

  /** Deletes what was not handed over. */
  @Override
  public void close() {
    runs.forEach(RowFile::delete);
    runs = new ArrayList<>();
  }

  private void spill() {
    held.sort(order);
    runs.add(RowFile.write(directory, new HeldRows(held)));
    held = new ArrayList<>();
    heldBytes = 0;
    if (runs.size() >= RUNS_MAX) {
      List<RowCursor> parts = new ArrayList<>();
      runs.forEach(run -> parts.add(run.read()));
      runs = new ArrayList<>();
      try (Merge merge = new Merge(parts, order)) {
        runs.add(RowFile.write(directory, merge));
      }
    }
  }

  private static long bytes(@Nullable Object[] row) {
    long bytes = ROW_BYTES;
    for (@Nullable Object value : row) {
      bytes += value instanceof String text ? VALUE_BYTES + 2L * text.length() : VALUE_BYTES;
    }
    return bytes;
  }

  /** Rows in memory. */
  static final class HeldRows implements RowCursor {
    private final List<@Nullable Object[]> rows;
    private int at;

    HeldRows(List<@Nullable Object[]> rows) {
      this.rows = rows;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      return at < rows.size() ? rows.get(at++) : null;
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }

  private static final class Merge implements RowCursor {
    private final List<RowCursor> parts;
    private final PriorityQueue<Head> heads;

    private static final class Head {
      private final @Nullable Object[] row;
      private final int part;

      Head(@Nullable Object[] row, int part) {
        this.row = row;
        this.part = part;
      }
    }

    Merge(List<RowCursor> parts, Comparator<@Nullable Object[]> order) {
      this.parts = parts;
      this.heads =
          new PriorityQueue<>(
              Math.max(1, parts.size()),
              (a, b) -> {
                int byRow = order.compare(a.row, b.row);
                return byRow != 0 ? byRow : Integer.compare(a.part, b.part);
              });
      for (int i = 0; i < parts.size(); i++) {
        pull(i);
      }
    }

    private void pull(int part) {
      @Nullable Object @Nullable [] row = parts.get(part).next();
      if (row != null) {
        heads.add(new Head(row, part));
      }
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      Head head = heads.poll();
      if (head == null) {
        return null;
      }
      pull(head.part);
      return head.row;
    }

    @Override
    public void close() {
      parts.forEach(RowCursor::close);
    }
  }
}
