package io.initload.simulator.soql.run;

import io.initload.simulator.soql.bind.Aggregate;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Rows in a temporary file: written once, read once, then gone. */
final class RowFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;

  private RowFile(Path file) {
    this.file = file;
  }

  /** Writes what the cursor has left; the cursor stays the caller's to close. */
  static RowFile write(Path directory, RowCursor rows) {
    try {
      Path file = Files.createTempFile(directory, "sort-", ".rows");
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
        for (@Nullable Object @Nullable [] row = rows.next(); row != null; row = rows.next()) {
          out.writeInt(row.length);
          for (@Nullable Object value : row) {
            put(out, value);
          }
        }
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      }
      return new RowFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot spill rows of a query to " + directory, e);
    }
  }

  /** Reads from the beginning; closing the cursor deletes the file. */
  RowCursor read() {
    try {
      return new Reader(
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read spilled rows back from " + file, e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  private static void put(DataOutputStream out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.writeByte('0');
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeByte('s');
      out.writeInt(bytes.length);
      out.write(bytes);
    } else if (value instanceof Long number) {
      out.writeByte('l');
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeByte('d');
      out.writeDouble(number);
    } else if (value instanceof Boolean flag) {
      out.writeByte(flag ? 'y' : 'n');
    } else if (value instanceof LocalDate date) {
      out.writeByte('D');
      out.writeLong(date.toEpochDay());
    } else if (value instanceof Instant instant) {
      out.writeByte('I');
      out.writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    } else if (value instanceof LocalTime time) {
      out.writeByte('T');
      out.writeLong(time.toNanoOfDay());
    } else if (value instanceof Aggregate.Mean mean) {
      out.writeByte('m');
      out.writeLong(mean.count());
      out.writeDouble(mean.sum());
    } else {
      throw new IllegalArgumentException("no way to spill a " + value.getClass().getName());
    }
  }

  private static @Nullable Object take(DataInputStream in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case '0' -> null;
      case 's' -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      case 'l' -> in.readLong();
      case 'd' -> in.readDouble();
      case 'y' -> true;
      case 'n' -> false;
      case 'D' -> LocalDate.ofEpochDay(in.readLong());
      case 'I' -> Instant.ofEpochSecond(in.readLong(), in.readInt());
      case 'T' -> LocalTime.ofNanoOfDay(in.readLong());
      case 'm' -> new Aggregate.Mean(in.readLong(), in.readDouble());
      default -> throw new IOException("unknown tag " + tag);
    };
  }

  private final class Reader implements RowCursor {
    private final DataInputStream in;

    Reader(DataInputStream in) {
      this.in = in;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      try {
        int length;
        try {
          length = in.readInt();
        } catch (EOFException end) {
          return null;
        }
        @Nullable Object[] row = new @Nullable Object[length];
        for (int i = 0; i < length; i++) {
          row[i] = take(in);
        }
        return row;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read spilled rows back from " + file, e);
      }
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close " + file, e);
      } finally {
        delete();
      }
    }
  }
}
