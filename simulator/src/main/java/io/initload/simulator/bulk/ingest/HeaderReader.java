package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.csv.CsvRows;
import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.dml.ColumnPlan;
import io.initload.simulator.dml.UnknownFieldException;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.model.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the header of an upload and finds out what its columns mean. */
final class HeaderReader {
  private static final int CHARACTERS_MAX = 32_000;
  private static final int COLUMNS_MAX = 5_000;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private HeaderReader() {}

  /**
   * Checks what concerns the upload as a whole.
   *
   * @param header the header line as sent
   * @throws JobFailure with the text Salesforce gives the job
   */
  static ColumnPlan plan(
      Schema schema, JobSpec spec, IngestRules rules, UploadIndex index, String header)
      throws JobFailure {
    if (!index.endsAs(
        spec.lineEnding(), rules.embeddedBreaks() == IngestRules.EmbeddedBreaks.AS_JOB)) {
      throw new JobFailure(
          "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is "
              + spec.lineEnding());
    }
    if (header.length() > CHARACTERS_MAX) {
      throw new JobFailure(
          "ClientInputError : Header row is longer than " + CHARACTERS_MAX + " characters");
    }
    List<String> columns = columns(header, spec.columnDelimiter(), rules.byteOrderMark());
    if (columns.size() > COLUMNS_MAX) {
      throw new JobFailure("ClientInputError : A row has more than " + COLUMNS_MAX + " fields");
    }
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column.toLowerCase(Locale.ROOT))) {
        throw new JobFailure("InvalidBatch : InvalidBatch : Duplicate field name : " + column);
      }
    }
    SObjectType type =
        schema
            .object(spec.object())
            .orElseThrow(
                () -> new JobFailure("InvalidJob : Unable to find object: " + spec.object()));
    try {
      return ColumnPlan.of(
          schema,
          type,
          spec.operation(),
          spec.externalIdFieldName(),
          columns,
          rules.unknownColumn(),
          rules.columnNames());
    } catch (UnknownFieldException e) {
      throw new JobFailure("InvalidBatch : InvalidBatch : Field name not found : " + e.column());
    }
  }

  /** The names in a header line, without quotes. */
  static List<String> columns(String header, Delimiter delimiter, IngestRules.ByteOrderMark mark) {
    boolean marked = !header.isEmpty() && header.charAt(0) == BYTE_ORDER_MARK;
    boolean skip = marked && mark == IngestRules.ByteOrderMark.SKIPPED;
    byte[] line = (skip ? header.substring(1) : header).getBytes(StandardCharsets.UTF_8);
    CsvRows rows = new CsvRows(delimiter);
    rows.parse(line, line.length);
    List<String> columns = new ArrayList<>();
    if (rows.rows() > 0) {
      for (int i = 0; i < rows.valuesOf(0); i++) {
        columns.add(new String(line, rows.at()[i], rows.length()[i], StandardCharsets.UTF_8));
      }
    }
    return columns;
  }

  /** The names in a header line as sent, with their quotes. */
  static List<String> columnsAsSent(String header, Delimiter delimiter) {
    List<String> columns = new ArrayList<>();
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      quoted ^= c == '"';
      if (c == delimiter.character() && !quoted) {
        columns.add(header.substring(from, i));
        from = i + 1;
      }
    }
    columns.add(header.substring(from));
    return columns;
  }
}
