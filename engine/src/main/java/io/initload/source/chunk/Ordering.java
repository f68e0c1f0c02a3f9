package io.initload.source.chunk;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import io.initload.source.sql.KeyText;
import java.util.List;
import java.util.Optional;

/**
 * The columns rows are ordered by.
 *
 * @param unique whether no two rows agree in them
 */
public record Ordering(List<SourceColumn> columns, boolean unique) {
  public Ordering {
    columns = List.copyOf(columns);
  }

  /**
   * The column that is configured, the primary key, another key without nulls, or the columns of
   * the external id.
   *
   * @throws Failure {@code SOURCE_COLUMN} when the one that is configured cannot be ordered by
   */
  public static Optional<Ordering> of(TableShape shape, TableConfig table) {
    String named = table.chunking().key();
    if (!named.isEmpty()) {
      return Optional.of(named(shape, named));
    }
    Optional<Ordering> key =
        shape
            .orderingKey()
            .map(k -> k.columns().stream().flatMap(c -> shape.column(c).stream()).toList())
            .filter(Ordering::comparable)
            .map(columns -> new Ordering(columns, true));
    if (key.isPresent()) {
      return key;
    }
    List<SourceColumn> columns =
        externalId(table).stream().flatMap(c -> shape.column(c).stream()).toList();
    // A null inside a key has no place in a lexicographic order; one column may have them.
    boolean ordered = columns.size() == 1 || columns.stream().noneMatch(SourceColumn::nullable);
    return !columns.isEmpty() && comparable(columns) && ordered
        ? Optional.of(new Ordering(columns, false))
        : Optional.empty();
  }

  private static Ordering named(TableShape shape, String column) {
    return shape
        .column(column)
        .filter(KeyText::comparable)
        .map(found -> new Ordering(List.of(found), shape.unique(List.of(column))))
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.CONFIGURATION,
                    "SOURCE_COLUMN",
                    "%s has no column %s that rows can be ordered by."
                        .formatted(shape.name(), column),
                    "Correct chunking.key of the table, or leave it out."));
  }

  /** The columns of the external id. */
  public static List<String> externalId(TableConfig table) {
    return table.fields().stream()
        .filter(f -> f.field().equals(table.externalId()))
        .flatMap(f -> f.feed().columns().stream())
        .toList();
  }

  /** Why no key orders the rows. */
  public static String missing(TableShape shape) {
    return shape.orderingKey().stream()
        .flatMap(key -> key.columns().stream())
        .flatMap(name -> shape.column(name).stream())
        .filter(column -> !KeyText.comparable(column))
        .findFirst()
        .map(c -> "values of %s, a %s, cannot bound a range".formatted(c.name(), c.declared()))
        .orElse("no primary or unique key, no usable external id");
  }

  List<String> names() {
    return columns.stream().map(SourceColumn::name).toList();
  }

  private static boolean comparable(List<SourceColumn> columns) {
    return columns.stream().allMatch(KeyText::comparable);
  }
}
