package io.initload.source.oracle;

import io.initload.config.SourceName;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a table come from: itself, or what is below a view, and directories of files.
 */
final class OracleSources {
  /** Views are looked below; none of a sane schema reads more. */
  private static final int OBJECTS_MAX = 500;

  private final Connection connection;

  OracleSources(Connection connection) {
    this.connection = connection;
  }

  /**
   * Something that a view reads.
   *
   * @param of the view
   * @param link over which it is read; empty for this database
   */
  record Read(SourceName of, SourceName name, String link) {}

  /** What is below a view, however deep; nothing below anything else. Functions may read more. */
  List<Read> below(TableShape shape) throws SQLException {
    Set<Read> reads = new LinkedHashSet<>();
    Set<SourceName> seen = new HashSet<>();
    Deque<SourceName> left = new ArrayDeque<>();
    if (shape.kind() == TableShape.Kind.VIEW) {
      left.add(shape.name());
    }
    while (!left.isEmpty() && seen.size() < OBJECTS_MAX) {
      SourceName of = left.remove();
      if (seen.add(of)) {
        for (Read read : readBy(of)) {
          reads.add(read);
          if (read.link().isEmpty()) {
            left.add(read.name());
          }
        }
      }
    }
    return List.copyOf(reads);
  }

  private List<Read> readBy(SourceName of) throws SQLException {
    List<Read> reads = new ArrayList<>();
    for (Dependency one : dependencies(of)) {
      Optional<Read> meant = one.synonym() ? behind(of, one.name()) : Optional.empty();
      reads.add(meant.orElse(new Read(of, one.name(), one.link())));
    }
    return reads;
  }

  private record Dependency(SourceName name, boolean synonym, String link) {}

  private List<Dependency> dependencies(SourceName of) throws SQLException {
    return Statements.all(
        connection,
        named(OracleCatalogue.DEPENDENCIES, of),
        row -> {
          SourceName name = new SourceName(orEmpty(row.getString(1)), row.getString(2));
          String link = orEmpty(row.getString(4));
          return new Dependency(name, link.isEmpty() && "SYNONYM".equals(row.getString(3)), link);
        });
  }

  /** What a synonym stands for. */
  private Optional<Read> behind(SourceName of, SourceName synonym) throws SQLException {
    return Statements.first(
        connection,
        named(OracleCatalogue.SYNONYM, synonym),
        row ->
            new Read(
                of,
                new SourceName(orEmpty(row.getString(1)), row.getString(2)),
                orEmpty(row.getString(3))));
  }

  /** Directories that the files of an external table lie in, as far as this user sees them. */
  List<String> directories(TableShape shape) throws SQLException {
    if (shape.kind() != TableShape.Kind.EXTERNAL) {
      return List.of();
    }
    return Stream.concat(
            directories(OracleCatalogue.DIRECTORY, shape).stream(),
            directories(OracleCatalogue.DIRECTORIES, shape).stream())
        .distinct()
        .toList();
  }

  private List<String> directories(String sql, TableShape shape) throws SQLException {
    return Statements.all(connection, named(sql, shape.name()), row -> row.getString(1));
  }

  private static BoundSql named(String sql, SourceName name) {
    return new BoundSql(sql, List.of(name.owner(), name.table()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
