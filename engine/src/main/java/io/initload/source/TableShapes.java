package io.initload.source;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.Nearest;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.rows.Choice;
import io.initload.config.rows.Computed;
import io.initload.config.rows.RowFilter;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Finding;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.Snapshot;
import io.initload.source.chunk.Planning;
import io.initload.source.session.DatabaseSession;
import io.initload.source.session.SessionLender;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.ParentLook;
import io.initload.source.sql.Statements;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tables as the dictionary describes them, each asked for once. Safe for several threads. */
final class TableShapes {
  private final Dialect dialect;
  private final SessionLender lender;
  private final boolean snapshots;
  private final ComputedColumns computed;
  private final Queries queries;
  private final Map<SourceName, TableShape> shapes = new ConcurrentHashMap<>();

  /**
   * @param snapshots whether tables are read at a snapshot
   */
  TableShapes(Dialect dialect, SessionLender lender, boolean snapshots) {
    this.dialect = dialect;
    this.lender = lender;
    this.snapshots = snapshots;
    this.computed = new ComputedColumns(dialect, lender.errors());
    this.queries = new Queries(dialect, lender.errors());
  }

  /**
   * Describes a table; asked once and remembered.
   *
   * @throws Failure {@code SOURCE_TABLE} when there is none of that name, with the nearest one;
   *     {@code SOURCE_TEMPORARY} when its rows are their sessions' own; {@code SOURCE_QUERY},
   *     {@code SOURCE_SQL} when the database does not take what the configuration says of them
   */
  TableShape shape(SourceName table) {
    TableShape known = shapes.get(table);
    if (known != null) {
      return known;
    }
    TableShape shape = table.choice().equals(Choice.all()) ? described(table) : chosen(table);
    shapes.put(table, shape);
    return shape;
  }

  /** A table of which a trial takes some rows, with those whose rows decide which. */
  private TableShape chosen(SourceName table) {
    Map<Choice.Rows, TableShape> others = new HashMap<>();
    for (Choice.Rows rows : table.choice().others()) {
      others.put(rows, shape(SourceName.of(rows)));
    }
    return shape(table.chosen(Choice.all())).chosen(table.choice(), others);
  }

  private TableShape described(SourceName table) {
    List<Computed> looks = looks(table);
    return lender.with(
        "looking up " + table,
        session -> {
          Optional<TableShape> found = found(session, table);
          if (found.isPresent()) {
            return computed.added(session.connection(), found.get().permanent(), table, looks);
          }
          String nearest =
              Nearest.to(table.table(), dialect.tables(session.connection(), table.owner()))
                  .map(n -> " Did you mean " + n + "?")
                  .orElse("");
          throw new Failure(
              Kind.CONFIGURATION,
              "SOURCE_TABLE",
              "There is no table %s in the source, or this user may not see it.%s"
                  .formatted(table, nearest),
              "Correct tables[].source (names are exact, letter case included), or have it"
                  + " granted: "
                  + granted(session, table, snapshots)
                  + ".");
        });
  }

  /** What tells whether the parents of its rows are there. */
  private List<Computed> looks(SourceName table) {
    if (table.parents().isEmpty()) {
      return List.of();
    }
    TableShape child = shape(table.beside(List.of()).narrowed(RowFilter.WHOLE));
    return table.parents().stream()
        .map(parents -> new Computed(parents.column(), look(child, parents)))
        .toList();
  }

  private String look(TableShape child, SourceName.Parents parents) {
    List<SourceColumn> lookup = parents.columns().stream().map(child::required).toList();
    List<ParentLook.Home> homes =
        parents.among().stream().map(among -> home(shape(among.rows()), among.key())).toList();
    KeyForm form = parents.foldsCase() ? KeyForm.IGNORE_CASE : KeyForm.EXACT;
    return dialect.sql().parentThere(lookup, homes, form);
  }

  private static ParentLook.Home home(TableShape table, List<String> key) {
    return new ParentLook.Home(table, key.stream().map(table::required).toList());
  }

  private Optional<TableShape> found(DatabaseSession session, SourceName table)
      throws SQLException {
    return table.isQuery()
        ? Optional.of(queries.shape(session.connection(), table))
        : dialect.shape(session.connection(), table);
  }

  /**
   * Proves that a table may be read, at a moment where the configuration asks for one.
   *
   * @throws SourceFailure {@code SOURCE_PRIVILEGE} when it may not
   */
  void probe(SourceName table) {
    probe(shape(table.where("").narrowed(RowFilter.WHOLE).chosen(Choice.all())));
    if (!table.where().isEmpty()) {
      condition(table);
    }
  }

  /** The table can be read; what is refused now is the condition's fault. */
  private void condition(SourceName table) {
    try {
      probe(shape(table));
    } catch (SourceFailure e) {
      if (e.endsRun()) {
        throw e;
      }
      throw new Failure(
          Kind.CONFIGURATION,
          "SOURCE_WHERE",
          "The rows of %s cannot be chosen by the condition %s: %s"
              .formatted(table, table.where(), e.getMessage()),
          "Correct tables[].where: one condition in the database's own SQL, over columns of this"
              + " table.",
          e);
    }
  }

  private void probe(TableShape shape) {
    SourceName table = shape.name();
    lender.with(
        "looking into " + table,
        session -> {
          Snapshot taken = dialect.snapshot(session.connection());
          Snapshot at = snapshots ? taken : taken.frozen();
          dialect.rewind(session, shape, at);
          BoundSql query = dialect.sql().probe(shape, at);
          try {
            return Statements.first(session.connection(), query, row -> true).isPresent();
          } catch (SQLException e) {
            session.connection().rollback();
            throw granting(session, shape, at.kind() != Snapshot.Kind.FROZEN, e);
          }
        });
  }

  /** The failure, with the grant that is missing where one is. */
  private SourceFailure granting(
      DatabaseSession session, TableShape shape, boolean flashback, SQLException e)
      throws SQLException {
    SourceFailure failure = lender.errors().of("looking into " + shape.name(), e);
    boolean refused =
        failure.code().equals("SOURCE_TABLE") || failure.code().equals("SOURCE_PRIVILEGE");
    if (!refused || shape.name().isQuery()) {
      return failure;
    }
    String grant = granted(session, shape.name(), flashback);
    return failure.remedied(failure.remedy() + " Of this table: " + grant + ".");
  }

  /** What may be kept from who reads the table; see {@link Dialect#concerns}. */
  List<Finding> concerns(SourceName table) {
    TableShape shape = shape(table);
    return lender.with(
        "looking at " + table, session -> dialect.concerns(session.connection(), shape));
  }

  /**
   * Has the database judge what planning and reading of a table will ask, without asking it.
   *
   * @throws SourceFailure what the first statement is refused for
   */
  void rehearse(TableConfig table, List<ColumnRead> reads, List<ColumnRead> key, KeyForm form) {
    TableShape shape = shape(table.source());
    String doing = "looking into " + table.source();
    lender.with(
        doing,
        session -> {
          Planning planning = new Planning(session.connection(), table, shape, Snapshot.UNMARKED);
          dialect.check(planning);
          for (BoundSql query :
              SentStatements.rehearsed(dialect.sql(), shape, table, reads, key, form)) {
            judge(session, shape, query);
          }
          return true;
        });
  }

  private void judge(DatabaseSession session, TableShape shape, BoundSql query)
      throws SQLException {
    try {
      dialect.judge(session.connection(), query);
    } catch (SQLException e) {
      session.connection().rollback();
      throw granting(session, shape, snapshots, e);
    }
  }

  private String granted(DatabaseSession session, SourceName table, boolean flashback)
      throws SQLException {
    return dialect
        .grant(dialect.user(session.connection()), table, flashback)
        .orElse("GRANT SELECT ON " + table);
  }
}
