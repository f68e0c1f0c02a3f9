package io.initload.source.oracle;

import io.initload.config.SourceName;
import io.initload.mapping.Finding;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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
  private static final String ROWS_EXEMPT = "EXEMPT ACCESS POLICY";
  private static final String VALUES_EXEMPT = "EXEMPT REDACTION POLICY";

  private final Connection connection;

  OracleConcerns(Connection connection) {
    this.connection = connection;
  }

  List<Finding> ofDatabase() throws SQLException {
    List<Finding> concerns = new ArrayList<>();
    if (OracleDictionary.characters(connection) == TableShape.Characters.ASCII) {
      concerns.add(
          warning(
              "SOURCE_CHARACTER_SET",
              "source",
              "The database's character set is US7ASCII: letters outside of it, which clients may"
                  + " have stored all the same, cannot be read, and rows with any are quarantined"
                  + " (TEXT_INVALID).",
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
    List<OracleSources.Read> below = new OracleSources(connection).below(shape);
    concerns.addAll(overLinks(table, below));
    List<String> policies = new ArrayList<>();
    List<String> redacted = new ArrayList<>();
    for (SourceName name : here(shape, below)) {
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

  /** The table, and what of this database is below it. */
  private static Set<SourceName> here(TableShape shape, List<OracleSources.Read> below) {
    Set<SourceName> here = new LinkedHashSet<>(List.of(shape.name()));
    below.stream().filter(r -> r.link().isEmpty()).forEach(r -> here.add(r.name()));
    return here;
  }

  /** What is read at no moment of this database. */
  private static List<Finding> overLinks(String table, List<OracleSources.Read> below) {
    List<String> remote =
        below.stream()
            .filter(r -> !r.link().isEmpty())
            .map(r -> r.name() + "@" + r.link())
            .distinct()
            .toList();
    return remote.isEmpty()
        ? List.of()
        : List.of(
            warning(
                "SOURCE_VIEW_LINK",
                table,
                "%s reads over database links, where the snapshot does not reach: %s."
                    .formatted(table, String.join(", ", remote)),
                "See that nobody writes to them until the books are closed; or copy them into a"
                    + " table of this database first, and let the view read that."));
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
