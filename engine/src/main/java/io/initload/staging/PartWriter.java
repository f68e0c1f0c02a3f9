package io.initload.staging;

import io.initload.Sha256;
import io.initload.plan.LoadEstimate;
import io.initload.staging.gzip.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one chunk as parts. A part is sealed at a multiple of 10,000 rows, the last
 * one that stays within the row and byte limits; elsewhere only at the end of the chunk, or where
 * 10,000 rows alone are wider than a part may be. So Salesforce's batches are full.
 *
 * <p>No rows are held back for that. At each 10,000-row boundary the compressor forgets its past
 * (full flush) and the state of the file is remembered; when a later row does not fit, the file is
 * cut off at the boundary and the compressed bytes after it are moved to the next part as they are.
 *
 * <p>Fill {@link #row()}, then {@link #commit()} or {@link #discard()} it. {@link #finish()} seals
 * what is open; {@link #close()} without it discards the open part. Not thread-safe.
 */
public final class PartWriter implements AutoCloseable {
  private final PartLimits limits;
  private final byte[] header;
  private final int headerFields;
  private final IntFunction<Path> temporary;
  private final IntFunction<Path> target;
  private final Consumer<SealedPart> sealed;
  private final Codec codec;
  private final Codec.Stream stream;
  private final CsvRow row;
  private CRC32 crc = new CRC32();

  /** Of the header and the rows since the boundary: the next part's, should this one be cut. */
  private CRC32 crcIfCut = new CRC32();

  /** Records on their way to the compressor, which is called for many at once. */
  private final byte[] pending = new byte[64 * 1024];

  private int pendingBytes;
  private int number;
  private @Nullable PartFile file;
  private long rows;
  private long csvBytes;
  private Boundary boundary = Boundary.NONE;
  private long totalRows;

  /** The state of the open file at its last multiple of 10,000 rows. */
  private record Boundary(long offset, long rows, long csvBytes, long crc) {
    static final Boundary NONE = new Boundary(0, 0, 0, 0);
  }

  /** Bounds of a part: rows, and uncompressed bytes with the header. */
  record PartLimits(long rows, long bytes) {}

  PartWriter(
      PartLimits limits,
      List<String> header,
      int firstNumber,
      IntFunction<Path> temporary,
      IntFunction<Path> target,
      Codec codec,
      Consumer<SealedPart> sealed) {
    this.limits = limits;
    this.header = encode(header);
    this.headerFields = header.size();
    this.row = new CsvRow(limits.bytes() - this.header.length);
    this.number = firstNumber;
    this.temporary = temporary;
    this.target = target;
    this.codec = codec;
    this.stream = codec.open();
    this.sealed = sealed;
  }

  /** A row as the parts of that header and so many bytes take it. */
  static CsvRow row(List<String> header, long partBytes) {
    return new CsvRow(partBytes - encode(header).length);
  }

  /** The row to fill. Valid until the next {@link #commit()} or {@link #discard()}. */
  public CsvRow row() {
    return row;
  }

  /** Rows committed since the writer was opened. */
  public long rows() {
    return totalRows;
  }

  /** Appends the row and clears it. It must have no {@link CsvRow#problem()}. */
  public void commit() {
    if (row.problem().isPresent()) {
      throw new IllegalStateException("an unstageable row: " + row.problem().get());
    }
    if (row.size() != headerFields) {
      throw new IllegalStateException(
          "a row of %d fields under a header of %d".formatted(row.size(), headerFields));
    }
    int length = row.end();
    try {
      append(row.bytes(), length);
    } catch (IOException e) {
      throw StagingFailures.of("write", temporary.apply(number), e);
    }
    totalRows++;
    row.clear();
  }

  /** Forgets the row. */
  public void discard() {
    row.clear();
  }

  /** Writes a record from its texts, which can be staged. */
  public void write(List<String> texts) {
    fill(texts);
    commit();
  }

  /**
   * As {@link #write}, where nobody knows whether they can be.
   *
   * @return why not, and nothing is written; empty when the record is
   */
  public Optional<String> offer(List<String> texts) {
    fill(texts);
    Optional<String> problem =
        texts.size() == headerFields
            ? row.problem()
            : Optional.of("it has %d fields, not %d".formatted(texts.size(), headerFields));
    if (problem.isPresent()) {
      discard();
    } else {
      commit();
    }
    return problem;
  }

  private void fill(List<String> texts) {
    row.clear();
    for (String text : texts) {
      row.beginField();
      row.text(text);
      row.endField();
    }
  }

  /** Seals the open part, if it has rows. Nothing may be written afterwards. */
  public void finish() {
    try {
      if (file != null && rows > 0) {
        PartFile open = file;
        drain(open);
        stream.fullFlush(open);
        seal(open, new Boundary(open.size(), rows, csvBytes, crc.getValue()));
        file = null;
      }
    } catch (IOException e) {
      throw StagingFailures.of("seal", target.apply(number), e);
    }
  }

  /** Discards the open part unless {@link #finish()} was called. */
  @Override
  public void close() {
    stream.close();
    try {
      if (file != null) {
        file.close();
        file = null;
      }
    } catch (IOException e) {
      throw StagingFailures.of("delete", temporary.apply(number), e);
    }
  }

  private void append(byte[] bytes, int length) throws IOException {
    PartFile open = file;
    if (open != null && csvBytes + length > limits.bytes()) {
      open = overflow(open);
      if (csvBytes + length > limits.bytes() && rows > 0) {
        // The rows carried over fill the part by themselves.
        open = overflow(open);
      }
    }
    if (open == null) {
      open = start();
    }
    if (length > pending.length - pendingBytes) {
      drain(open);
    }
    if (length > pending.length) {
      compress(bytes, length, open);
    } else {
      System.arraycopy(bytes, 0, pending, pendingBytes, length);
      pendingBytes += length;
    }
    csvBytes += length;
    rows++;
    if (rows % LoadEstimate.BATCH_ROWS == 0) {
      drain(open);
      stream.fullFlush(open);
      boundary = new Boundary(open.size(), rows, csvBytes, crc.getValue());
      crcIfCut.reset();
      crcIfCut.update(header, 0, header.length);
      if (rows >= limits.rows()) {
        seal(open, boundary);
        file = null;
      }
    }
  }

  private void drain(PartFile open) throws IOException {
    compress(pending, pendingBytes, open);
    pendingBytes = 0;
  }

  private void compress(byte[] bytes, int length, PartFile open) throws IOException {
    stream.write(bytes, 0, length, open);
    crc.update(bytes, 0, length);
    crcIfCut.update(bytes, 0, length);
  }

  /** Seals the open part at its boundary, or as it is when it has none; opens the next one. */
  private PartFile overflow(PartFile open) throws IOException {
    drain(open);
    stream.settle();
    if (boundary.rows() == 0) {
      stream.fullFlush(open);
      seal(open, new Boundary(open.size(), rows, csvBytes, crc.getValue()));
      file = null;
      return start();
    }
    Boundary cut = boundary;
    long carriedRows = rows - cut.rows();
    long carriedBytes = csvBytes - cut.csvBytes();
    PartFile next = new PartFile(temporary.apply(number + 1));
    try {
      writeHeader(next);
      open.moveTail(cut.offset(), next);
      seal(open, cut);
    } catch (IOException | RuntimeException e) {
      next.close();
      throw e;
    }
    file = next;
    rows = carriedRows;
    csvBytes = header.length + carriedBytes;
    boundary = Boundary.NONE;
    CRC32 old = crc;
    crc = crcIfCut;
    crcIfCut = old;
    return next;
  }

  private PartFile start() throws IOException {
    PartFile next = new PartFile(temporary.apply(number));
    file = next;
    rows = 0;
    csvBytes = header.length;
    boundary = Boundary.NONE;
    crc.reset();
    crc.update(header, 0, header.length);
    writeHeader(next);
    return next;
  }

  /** The header is compressed on its own, so that moved bytes can follow it. */
  private void writeHeader(PartFile next) throws IOException {
    try (Codec.Stream once = codec.open()) {
      once.write(header, 0, header.length, next);
      once.fullFlush(next);
    }
  }

  private void seal(PartFile open, Boundary at) throws IOException {
    Path path = target.apply(number);
    open.seal(at.crc(), at.csvBytes(), path);
    SealedPart part =
        new SealedPart(number, path, at.rows(), at.csvBytes(), Files.size(path), Sha256.of(path));
    number++;
    sealed.accept(part);
  }

  private static byte[] encode(List<String> header) {
    CsvRow line = new CsvRow();
    for (String name : header) {
      line.beginField();
      line.text(name);
      line.endField();
    }
    int length = line.end();
    return Arrays.copyOf(line.bytes(), length);
  }
}
