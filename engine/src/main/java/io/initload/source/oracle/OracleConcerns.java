package io.initload.source.oracle;

import io.initload.config.SourceName;
import io.initload.mapping.Finding;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Oracle may keep from a user without a word: rows, by policies of virtual private databases,
 * and values, by redaction. A count under a policy agrees with a read under it, so that the
 * dictionary alone tells (docs/reference/oracle.md, "Session settings").
 */
final class OracleConcerns {
  /** Views are looked below; none of a sane schema reads more. */
  private static final int OBJECTS_MAX = 500;

  private static final String ROWS_EXEMPT = "EXEMPT ACCESS POLICY";
  private static final String VALUES_EXEMPT = "EXEMPT REDACTION POLICY";

  private final Connection connection;

  OracleConcerns(Connection connection) {
    this.connection = connection;
  }

  List<Finding> ofDatabase() throws SQLException {
    List<Finding> concerns = new ArrayList<>();
    boolean ascii =
        Statements.first(
                connection,
                BoundSql.of(OracleCatalogue.CHARACTER_SET),
                row -> "US7ASCII".equals(row.getString(1)))
            .orElse(false);
    if (ascii) {
      concerns.add(
          warning(
              "SOURCE_CHARACTER_SET",
              "source",
              "The database's character set is US7ASCII: letters outside of it, which clients may"
                  + " have stored all the same, are read as U+FFFD and counted as MALFORMED_TEXT.",
              "Look for them with ASCIISTR or DUMP, and convert them in a view where there are"
                  + " any."));
    }
    if (!exempt(VALUES_EXEMPT) && redacted(new SourceName("SYS", "DUAL")).isEmpty()) {
      concerns.add(
          warning(
              "SOURCE_REDACTION_UNKNOWN",
              "source",
              "Whether values are redacted for this user cannot be told: it may not ask"
                  + " REDACTION_POLICIES.",
              "Ask the DBA, or have granted: GRANT %s TO %s.".formatted(VALUES_EXEMPT, grantee())));
    }
    return concerns;
  }

  List<Finding> of(TableShape shape) throws SQLException {
    return shape.name().isQuery() ? ofQuery(shape.name()) : ofTable(shape);
  }

  /** What a query reads is known to the database alone, so that nothing can be looked up of it. */
  private List<Finding> ofQuery(SourceName query) throws SQLException {
    return exempt(ROWS_EXEMPT) && exempt(VALUES_EXEMPT)
        ? List.of()
        : List.of(
            warning(
                "SOURCE_QUERY_UNSEEN",
                query.toString(),
                "Whether a policy hides rows of what the query %s reads, or values are redacted, is not known: a count sees no more than a read."
                    .formatted(query),
                "Have the DBA confirm that nothing is hidden from this user, or have granted: GRANT %s, %s TO %s."
                    .formatted(ROWS_EXEMPT, VALUES_EXEMPT, grantee())));
  }

  private List<Finding> ofTable(TableShape shape) throws SQLException {
    List<Finding> concerns = new ArrayList<>();
    String table = shape.name().toString();
    Set<SourceName> read = read(shape);
    List<String> policies = new ArrayList<>();
    List<String> redacted = new ArrayList<>();
    for (SourceName name : read) {
      policies(name).forEach(policy -> policies.add(policy + " on " + name));
      redacted(name).orElse(List.of()).forEach(column -> redacted.add(name + "." + column));
    }
    if (!policies.isEmpty() && !exempt(ROWS_EXEMPT)) {
      concerns.add(
          warning(
              "SOURCE_POLICY",
              table,
              "A policy of the database says which rows of %s this user sees, and a count sees no more: %s."
                  .formatted(table, String.join(", ", policies)),
              "Have granted: GRANT %s TO %s; or have the DBA confirm that it hides nothing from this user."
                  .formatted(ROWS_EXEMPT, grantee())));
    }
    if (!redacted.isEmpty() && !exempt(VALUES_EXEMPT)) {
      concerns.add(
          warning(
              "SOURCE_REDACTION",
              table,
              "Values may be redacted for this user: %s.".formatted(String.join(", ", redacted)),
              "Have granted: GRANT %s TO %s; or have the DBA confirm that they are not."
                  .formatted(VALUES_EXEMPT, grantee())));
    }
    return concerns;
  }

  /** The table, or a view and what is below it. */
  private Set<SourceName> read(TableShape shape) throws SQLException {
    Set<SourceName> read = new LinkedHashSet<>();
    Deque<SourceName> left = new ArrayDeque<>(List.of(shape.name()));
    boolean view = shape.kind() == TableShape.Kind.VIEW;
    while (!left.isEmpty() && read.size() < OBJECTS_MAX) {
      SourceName name = left.remove();
      if (read.add(name) && view) {
        left.addAll(
            Statements.all(
                connection,
                named(OracleCatalogue.DEPENDENCIES, name),
                row -> new SourceName(row.getString(1), row.getString(2))));
      }
    }
    return read;
  }

  private List<String> policies(SourceName name) throws SQLException {
    return Statements.all(
        connection, named(OracleCatalogue.POLICIES, name), row -> row.getString(1));
  }

  /** Empty where this user may not ask. */
  private Optional<List<String>> redacted(SourceName name) throws SQLException {
    try {
      return Optional.of(
          Statements.all(
              connection, named(OracleCatalogue.REDACTED, name), row -> row.getString(1)));
    } catch (SQLException e) {
      if (!OracleErrors.refused(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private boolean exempt(String privilege) throws SQLException {
    return Statements.first(
            connection, new BoundSql(OracleCatalogue.EXEMPTION, List.of(privilege)), row -> true)
        .isPresent();
  }

  private String grantee() throws SQLException {
    return OracleNames.quote(new OracleDictionary().user(connection));
  }

  private static BoundSql named(String sql, SourceName name) {
    return new BoundSql(sql, List.of(name.owner(), name.table()));
  }

  private static Finding warning(String code, String where, String message, String remedy) {
    return new Finding(code, Finding.Severity.WARNING, where, message, remedy);
  }
}
