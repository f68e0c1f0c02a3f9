package io.initload.staging;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** CSV that people read, change in their own programs and give back: named columns, UTF-8. */
public final class CsvSheet {
  private CsvSheet() {}

  /** Writes records; closes what it writes to. Not thread-safe. */
  public static final class Out implements AutoCloseable {
    private final CsvWriter csv;

    public Out(Writer out) {
      this.csv = CsvWriter.builder().build(out);
    }

    /**
     * Writes one record.
     *
     * @throws java.io.UncheckedIOException when it cannot be written
     */
    public void write(List<String> fields) {
      csv.writeRecord(fields);
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }

  /**
   * A record that was read.
   *
   * @param line where it begins, the first line being 1
   * @param fields by the names of the header
   */
  public record Line(long line, Map<String, String> fields) {
    public Line {
      fields = Map.copyOf(fields);
    }
  }

  /**
   * Reads the records after the header. Not thread-safe. A malformed record throws {@link
   * MalformedSheet} from the iterator.
   */
  public static final class In implements Iterator<Line>, AutoCloseable {
    private final CsvReader<NamedCsvRecord> csv;
    private final Iterator<NamedCsvRecord> records;

    /**
     * Opens a file; a byte order mark at its start, as spreadsheets write it, is no part of it.
     *
     * @throws MalformedSheet naming line and byte when the file is not UTF-8
     */
    public In(Path file) throws IOException {
      Utf8.require(file);
      this.csv =
          CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file, StandardCharsets.UTF_8);
      this.records = csv.iterator();
    }

    @Override
    public boolean hasNext() {
      try {
        return records.hasNext();
      } catch (CsvParseException e) {
        throw new MalformedSheet(e);
      }
    }

    @Override
    public Line next() {
      try {
        NamedCsvRecord record = records.next();
        return new Line(record.getStartingLineNumber(), record.getFieldsAsMap());
      } catch (CsvParseException e) {
        throw new MalformedSheet(e);
      }
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }
}
