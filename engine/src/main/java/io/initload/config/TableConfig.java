package io.initload.config;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One source table and the object it loads into.
 *
 * @param name the name used in logs, files, ledger and reports, unique in the migration; the
 *     source's name unless the file gives another, which it must where two tables read one source
 * @param externalId the field of {@code object} by which rows are known, one of {@code fields}: the
 *     upsert key, or, of rows that are inserted, a text of which the file says that it is unique
 * @param fields the CSV columns in order
 * @param concurrency jobs of this table at once; 1 is the serial lane; default: the target's
 *     maximum
 * @param retries rounds for rows that failed for a transient reason; default 5
 * @param sourceZone zone of the source's zoneless dates and times; default UTC
 * @param zoneGiven whether the configuration names that zone
 * @param values what is done with values that do not fit, by source column
 * @param hierarchy how rows are loaded that name rows of the same table
 * @param controls sums of it that are held against each other
 */
public record TableConfig(
    String name,
    SourceName source,
    String object,
    String phase,
    String externalId,
    List<FieldMapping> fields,
    Chunking chunking,
    int concurrency,
    int retries,
    ErrorLimit stopAfterErrors,
    Nulls nulls,
    ZoneId sourceZone,
    boolean zoneGiven,
    Map<String, ValuePolicy> values,
    Hierarchy hierarchy,
    List<Control> controls) {
  public TableConfig {
    fields = List.copyOf(fields);
    values = Map.copyOf(values);
    controls = List.copyOf(controls);
  }

  /** The same table, cut otherwise. */
  public TableConfig with(Chunking other) {
    return copy(name, source, fields, other);
  }

  /** The same table with some of its fields. */
  public TableConfig with(List<FieldMapping> others) {
    return copy(name, source, others, chunking);
  }

  /** The same table, of whose rows it is told whether their parents are there. */
  public TableConfig beside(List<SourceName.Parents> parents) {
    return pass(name, source.beside(parents));
  }

  /**
   * A pass over the same table.
   *
   * @param pass its name
   * @param rows those that it reads
   */
  public TableConfig pass(String pass, SourceName rows) {
    return copy(pass, rows, fields, chunking);
  }

  /** The same table, of whose rows others are read. */
  public TableConfig reading(SourceName rows) {
    return pass(name, rows);
  }

  private TableConfig copy(
      String otherName, SourceName rows, List<FieldMapping> others, Chunking cut) {
    return new TableConfig(
        otherName,
        rows,
        object,
        phase,
        externalId,
        others,
        cut,
        concurrency,
        retries,
        stopAfterErrors,
        nulls,
        sourceZone,
        zoneGiven,
        values,
        hierarchy,
        controls);
  }

  /** The masked fields, each with what its pseudonyms are; empty where none is. */
  public String masks() {
    return fields.stream()
        .flatMap(
            field ->
                field.mask().stream().map(mask -> field.field() + " (" + lower(mask.kind()) + ")"))
        .collect(Collectors.joining(", "));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Whether rows are inserted, so that sending one twice makes two records. */
  public boolean inserted() {
    return hierarchy.writing() == Hierarchy.Writing.INSERTED;
  }

  /** The policy of a source column. */
  public ValuePolicy policy(String column) {
    return values.getOrDefault(column, ValuePolicy.NONE);
  }

  /**
   * What an empty source value does to the field (docs/reference/salesforce.md, "CSV and values").
   */
  public enum Nulls {
    /** Sends an empty value: a new record gets null, an existing one keeps what it has. */
    IGNORE,
    /** Sends {@code #N/A}: the field is set to null. */
    CLEAR
  }

  /** What the jobs of a table do with its rows. */
  public enum Operation {
    /** Make or change the record of an external id. */
    UPSERT,
    /** Make a record. */
    INSERT
  }

  /**
   * When a table whose mapping is wrong is stopped.
   *
   * @param rows dead letters at which the table stops; {@code Long.MAX_VALUE} for never
   * @param percent of the rows settled so far (looked at from 10,000 rows on); 100 for never
   */
  public record ErrorLimit(long rows, double percent) {
    public static final ErrorLimit NEVER = new ErrorLimit(Long.MAX_VALUE, 100);

    /** Most rows are refused: that is no matter of single rows. */
    public static final String DEFAULT = "50%";
  }
}
