package io.initload.staging;

import io.initload.PrivateFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of any number of numbers came more than once. Memory holds half a million of them (4
 * MB); the others lie in sorted runs in a file, which is made when it is needed, readable by its
 * owner alone, and gone when closed. Not thread-safe.
 */
public final class DuplicateKeys implements AutoCloseable {
  private static final int RUN = 1 << 19;
  private static final int FIRST = 1 << 12;
  private static final int BLOCK_BYTES = 64 * 1024;

  /** What the blocks of all runs take together when the runs are read side by side. */
  private static final int BLOCKS_BYTES = 4 * 1024 * 1024;

  private final Path path;
  private final int most;

  /** Where each run in the file ends, in bytes. */
  private final List<Long> ends = new ArrayList<>();

  private long[] numbers;
  private int count;
  private @Nullable FileChannel file;

  DuplicateKeys(Path path) {
    this(path, RUN);
  }

  /**
   * @param most numbers that memory holds
   */
  DuplicateKeys(Path path, int most) {
    this.path = path;
    this.most = most;
    this.numbers = new long[Math.min(FIRST, most)];
  }

  public void add(long number) {
    if (count == numbers.length) {
      if (count < most) {
        numbers = Arrays.copyOf(numbers, Math.min(most, 2 * count));
      } else {
        spill();
      }
    }
    numbers[count++] = number;
  }

  /**
   * Those that came more than once, after the last one was added; asked for once.
   *
   * @param limit how many to find at the most
   */
  public Set<Long> found(int limit) {
    Set<Long> found = new HashSet<>();
    FileChannel from = file;
    if (from == null) {
      Arrays.sort(numbers, 0, count);
      for (int i = 1; i < count && found.size() < limit; i++) {
        if (numbers[i] == numbers[i - 1]) {
          found.add(numbers[i]);
        }
      }
      return found;
    }
    spill();
    numbers = new long[0];
    try {
      merge(from, found, limit);
      return found;
    } catch (IOException e) {
      throw StagingFailures.of("read", path, e);
    }
  }

  private void merge(FileChannel from, Set<Long> found, int limit) throws IOException {
    int block = Math.min(BLOCK_BYTES, BLOCKS_BYTES / ends.size()) / Long.BYTES * Long.BYTES;
    PriorityQueue<Run> runs = new PriorityQueue<>();
    long start = 0;
    for (long end : ends) {
      Run run = new Run(from, start, end, Math.max(Long.BYTES, block));
      if (run.next()) {
        runs.add(run);
      }
      start = end;
    }
    boolean any = false;
    long last = 0;
    for (Run run = runs.poll(); run != null && found.size() < limit; run = runs.poll()) {
      if (any && run.number == last) {
        found.add(last);
      }
      any = true;
      last = run.number;
      if (run.next()) {
        runs.add(run);
      }
    }
  }

  private void spill() {
    Arrays.sort(numbers, 0, count);
    try {
      FileChannel to = file;
      if (to == null) {
        PrivateFile.replace(path);
        to = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        file = to;
      }
      long at = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
      ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
      for (int i = 0; i < count; i++) {
        block.putLong(numbers[i]);
        if (!block.hasRemaining() || i + 1 == count) {
          block.flip();
          while (block.hasRemaining()) {
            at += to.write(block, at);
          }
          block.clear();
        }
      }
      ends.add(at);
      count = 0;
    } catch (IOException e) {
      throw StagingFailures.of("write", path, e);
    }
  }

  @Override
  public void close() {
    FileChannel open = file;
    if (open != null) {
      file = null;
      Durable.discard(open, path);
    }
  }

  /** One sorted run of the file, read block by block. */
  private static final class Run implements Comparable<Run> {
    private final FileChannel from;
    private final ByteBuffer block;
    private final long end;
    private long at;
    private long number;

    Run(FileChannel from, long start, long end, int blockBytes) {
      this.from = from;
      this.at = start;
      this.end = end;
      this.block = ByteBuffer.allocate(blockBytes).limit(0);
    }

    boolean next() throws IOException {
      if (!block.hasRemaining()) {
        if (at == end) {
          return false;
        }
        block.clear().limit((int) Math.min(block.capacity(), end - at));
        while (block.hasRemaining()) {
          int read = from.read(block, at);
          if (read < 0) {
            throw new EOFException("the file ends too early");
          }
          at += read;
        }
        block.flip();
      }
      number = block.getLong();
      return true;
    }

    @Override
    public int compareTo(Run other) {
      return Long.compare(number, other.number);
    }
  }
}
