package io.initload.draft;

import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import io.initload.source.TableShape.ForeignKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A table with what its columns name of others. */
public record SourceTable(TableShape shape, List<ForeignKey> foreignKeys) {
  public SourceTable {
    foreignKeys = List.copyOf(foreignKeys);
  }

  public SourceName name() {
    return shape.name();
  }

  /** The columns that tell its rows apart: the primary key, else another one without nulls. */
  Optional<List<String>> key() {
    return shape.orderingKey().map(TableShape.Key::columns);
  }

  /** Columns of the key and of foreign keys. */
  Set<String> linking() {
    Set<String> linking = new HashSet<>(key().orElse(List.of()));
    foreignKeys.forEach(key -> linking.addAll(key.columns()));
    return linking;
  }

  /** Columns that neither tell rows apart nor name others. */
  List<SourceColumn> plain() {
    Set<String> linking = linking();
    return shape.columns().stream().filter(c -> !linking.contains(c.name())).toList();
  }
}
