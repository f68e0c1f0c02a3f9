package io.initload.source.oracle;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.plan.FlashbackRetention;
import io.initload.plan.Snapshot;
import io.initload.plan.SourceIdentity;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads the data dictionary (docs/reference/oracle.md, "Dictionary"). Stateless. */
final class OracleDictionary {
  /** A synonym may stand for another one; none of Oracle's is behind more than a few. */
  private static final int SYNONYMS_MAX = 10;

  /**
   * Asks for an SCN in the three ways there are, strongest first (docs/reference/oracle.md,
   * "Getting an SCN").
   */
  Snapshot snapshot(Connection connection) throws SQLException {
    return scn(connection, (from, scn) -> Snapshot.scn(scn)).orElse(Snapshot.UNMARKED);
  }

  /** Who reads, and in which schema names are looked for. */
  String reader(Connection connection) throws SQLException {
    return "%s in %s"
        .formatted(
            text(connection, OracleCatalogue.SESSION_USER),
            text(connection, OracleCatalogue.CURRENT_SCHEMA));
  }

  /** Which of the ways led to an SCN, as the end of its name. */
  String origin(Connection connection) throws SQLException {
    return scn(connection, (from, scn) -> " from " + from).orElse("");
  }

  private static <T> Optional<T> scn(Connection connection, BiFunction<String, Long, T> made)
      throws SQLException {
    for (OracleCatalogue.Scn way : OracleCatalogue.SCN) {
      try (PreparedStatement statement = connection.prepareStatement(way.sql());
          ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          return Optional.of(made.apply(way.from(), rows.getLong(1)));
        }
      } catch (SQLException e) {
        if (!OracleErrors.refused(e)) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What tells how long a snapshot can be read, as far as this user may ask
   * (docs/reference/oracle.md, "Undo").
   */
  FlashbackRetention undo(Connection connection) throws SQLException {
    List<String> unknown = new ArrayList<>();
    Optional<Long> tuned = asked(connection, "V$UNDOSTAT", OracleCatalogue.UNDO_TUNED, unknown);
    Optional<Long> retention =
        asked(connection, "V$PARAMETER", OracleCatalogue.UNDO_RETENTION, unknown);
    Optional<Long> sure =
        asked(connection, "DBA_TABLESPACES", OracleCatalogue.UNDO_GUARANTEE, unknown);
    return new FlashbackRetention(
        tuned.map(Duration::ofSeconds),
        retention.map(Duration::ofSeconds),
        sure.map(all -> all == 1),
        unknown);
  }

  /** The number a view tells; names the view when it tells none or may not be asked. */
  private static Optional<Long> asked(
      Connection connection, String view, String sql, List<String> unknown) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      if (rows.next()) {
        long number = rows.getLong(1);
        if (!rows.wasNull()) {
          return Optional.of(number);
        }
      }
    } catch (SQLException e) {
      if (!OracleErrors.refused(e)) {
        throw e;
      }
    }
    unknown.add(view);
    return Optional.empty();
  }

  /** Describes a table, a view, or what a synonym stands for. */
  Optional<TableShape> shape(Connection connection, SourceName name) throws SQLException {
    String owner = name.owner().isEmpty() ? currentSchema(connection) : name.owner();
    SourceName full = new SourceName(owner, name.table());
    for (int step = 0; step < SYNONYMS_MAX; step++) {
      Optional<TableShape> found = described(connection, full);
      if (found.isPresent()) {
        return found;
      }
      Optional<SourceName> target = synonym(connection, full);
      if (target.isEmpty() && step == 0 && name.owner().isEmpty()) {
        target = synonym(connection, new SourceName("PUBLIC", name.table()));
      }
      if (target.isEmpty()) {
        return Optional.empty();
      }
      full = target.get();
    }
    return Optional.empty();
  }

  /**
   * What a synonym stands for; empty where there is none of that name.
   *
   * @throws Failure {@code SOURCE_REMOTE} when that is in another database
   */
  private static Optional<SourceName> synonym(Connection connection, SourceName name)
      throws SQLException {
    return Statements.first(
        connection,
        named(OracleCatalogue.SYNONYM, name),
        row -> {
          String owner = row.getString(1);
          SourceName target = new SourceName(owner == null ? "" : owner, row.getString(2));
          String link = row.getString(3);
          if (link != null) {
            throw new Failure(
                Failure.Kind.CONFIGURATION,
                "SOURCE_REMOTE",
                "%s is a synonym for %s in another database, reached by the link %s."
                    .formatted(name, target, link),
                "Migrate from that database itself: neither addresses nor snapshots reach through"
                    + " a link. Give its URL as source.url.");
          }
          return target;
        });
  }

  private static Optional<TableShape> described(Connection connection, SourceName full)
      throws SQLException {
    TableShape.Kind kind;
    long rowEstimate = -1;
    int rowBytes = 0;
    try (PreparedStatement statement =
            Statements.prepare(connection, named(OracleCatalogue.TABLE, full));
        ResultSet rows = statement.executeQuery()) {
      if (rows.next()) {
        rowEstimate = rows.getLong(1);
        if (rows.wasNull()) {
          rowEstimate = -1;
        }
        rowBytes = rows.getInt(2);
        kind = kind(rows);
        if ("YES".equals(rows.getString("partitioned")) && isHybrid(connection, full)) {
          throw new Failure(
              Failure.Kind.CONFIGURATION,
              "SOURCE_HYBRID",
              full
                  + " is a hybrid partitioned table: some of its partitions are files, which have"
                  + " neither row addresses nor a snapshot.",
              "Copy its rows into an ordinary table and name that in tables[].source; or make a"
                  + " table or view of each kind of partition, and name those.");
        }
      } else if (isView(connection, full)) {
        kind = TableShape.Kind.VIEW;
      } else {
        return Optional.empty();
      }
    }
    List<SourceColumn> columns = columns(connection, full);
    return Optional.of(
        new TableShape(
            full,
            kind,
            columns,
            keys(connection, full, columns),
            rowEstimate,
            rowBytes,
            false,
            characters(connection)));
  }

  /** By the database's own character set; into seven bits clients may have stored eight. */
  static TableShape.Characters characters(Connection connection) throws SQLException {
    String name =
        Statements.first(
                connection, BoundSql.of(OracleCatalogue.CHARACTER_SET), row -> row.getString(1))
            .orElse("");
    return switch (name) {
      case "US7ASCII" -> TableShape.Characters.ASCII;
      case "AL32UTF8" -> TableShape.Characters.UTF8; // UTF8 is another one: CESU-8
      default -> TableShape.Characters.DECODED;
    };
  }

  private static TableShape.Kind kind(ResultSet rows) throws SQLException {
    if ("YES".equals(rows.getString("external"))) {
      return TableShape.Kind.EXTERNAL;
    }
    if ("Y".equals(rows.getString("temporary"))) {
      return TableShape.Kind.TEMPORARY;
    }
    if (rows.getString("cluster_name") != null) {
      return TableShape.Kind.CLUSTER;
    }
    // Its overflow and mapping segments have a type too, but no rows to be read by key.
    if ("IOT".equals(rows.getString("iot_type"))) {
      return TableShape.Kind.INDEX_ORGANIZED;
    }
    return "YES".equals(rows.getString("partitioned"))
        ? TableShape.Kind.PARTITIONED
        : TableShape.Kind.HEAP;
  }

  /** Before 19c there was no such kind, and no column that tells it. */
  private static boolean isHybrid(Connection connection, SourceName name) throws SQLException {
    return OracleVersion.of(connection).since(OracleVersion.HYBRID_PARTITIONS)
        && Statements.first(
                connection,
                named(OracleCatalogue.HYBRID, name),
                row -> "YES".equals(row.getString(1)))
            .orElse(false);
  }

  private static boolean isView(Connection connection, SourceName name) throws SQLException {
    return Statements.first(connection, named(OracleCatalogue.VIEW, name), row -> true).isPresent();
  }

  private static BoundSql named(String sql, SourceName name) {
    return new BoundSql(sql, List.of(name.owner(), name.table()));
  }

  /** Which database and container this is (docs/reference/oracle.md, "Identity"). */
  SourceIdentity identity(Connection connection, String kind) throws SQLException {
    boolean contained = OracleVersion.of(connection).since(OracleVersion.CONTAINERS);
    String name =
        contained
            ? text(connection, OracleCatalogue.NAMES)
            : text(connection, OracleCatalogue.NAME_ALONE);
    String numbers = contained ? OracleCatalogue.NUMBERS : OracleCatalogue.NUMBER_ALONE;
    return new SourceIdentity(kind, numbers(connection, numbers), name);
  }

  /** Empty where this user may not ask. */
  private static String numbers(Connection connection, String sql) throws SQLException {
    try {
      return text(connection, sql);
    } catch (SQLException e) {
      if (!OracleErrors.refused(e)) {
        throw e;
      }
      return "";
    }
  }

  /** The user logged in, without the quotes or the letter case it was configured with. */
  String user(Connection connection) throws SQLException {
    return text(connection, OracleCatalogue.SESSION_USER);
  }

  private static String currentSchema(Connection connection) throws SQLException {
    return text(connection, OracleCatalogue.CURRENT_SCHEMA);
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static List<SourceColumn> columns(Connection connection, SourceName name)
      throws SQLException {
    String columns =
        OracleVersion.of(connection).since(OracleVersion.INVISIBLE_COLUMNS)
            ? OracleCatalogue.COLUMNS
            : OracleCatalogue.COLUMNS_SHOWN;
    return Statements.all(connection, named(columns, name), OracleDictionary::column);
  }

  private static SourceColumn column(ResultSet row) throws SQLException {
    int precision = row.getInt("data_precision");
    boolean unlimited = row.wasNull();
    int scale = row.getInt("data_scale");
    if (row.wasNull()) {
      scale = SourceColumn.SCALE_ANY;
    }
    String column = row.getString("column_name");
    String type = row.getString("data_type");
    boolean nullable = "Y".equals(row.getString("nullable"));
    String typeOwner = row.getString("data_type_owner");
    return typeOwner == null || OracleTypes.OWNERS.contains(typeOwner)
        ? OracleTypes.column(
            column,
            type,
            row.getInt("data_length"),
            row.getInt("char_length"),
            "C".equals(row.getString("char_used")),
            unlimited ? 0 : precision,
            scale,
            nullable)
        : OracleTypes.made(column, typeOwner + "." + type, nullable);
  }

  private static List<TableShape.Key> keys(
      Connection connection, SourceName name, List<SourceColumn> columns) throws SQLException {
    Map<String, List<String>> names = new LinkedHashMap<>();
    Map<String, Boolean> primary = new LinkedHashMap<>();
    try (PreparedStatement statement =
            Statements.prepare(connection, named(OracleCatalogue.KEYS, name));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String key = rows.getString(1);
        names.computeIfAbsent(key, k -> new ArrayList<>()).add(rows.getString(3));
        primary.put(key, rows.getString(2).toUpperCase(Locale.ROOT).equals("P"));
      }
    }
    List<TableShape.Key> keys = new ArrayList<>();
    names.forEach(
        (key, of) ->
            keys.add(
                new TableShape.Key(
                    key,
                    Boolean.TRUE.equals(primary.get(key)),
                    columns.stream().anyMatch(c -> c.nullable() && of.contains(c.name())),
                    of)));
    return keys;
  }

  List<String> tables(Connection connection, String owner) throws SQLException {
    String schema = owner.isEmpty() ? currentSchema(connection) : owner;
    return Statements.all(
        connection, new BoundSql(OracleCatalogue.TABLES, List.of(schema)), row -> row.getString(1));
  }
}
