package io.initload.source.postgres;

import io.initload.mapping.Finding;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What is read with a table, or kept from it, without a word of the server's. */
final class PostgresConcerns {
  private static final int NAMED = 5;

  private static final String ENCODING = "SELECT current_setting('server_encoding')";

  private static final String CHILDREN =
      """
      WITH RECURSIVE below AS (\
      SELECT h.inhrelid FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhparent \
      JOIN pg_namespace n ON n.oid = c.relnamespace \
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind = 'r' \
      UNION SELECT h.inhrelid FROM pg_inherits h JOIN below b ON b.inhrelid = h.inhparent) \
      SELECT inhrelid::regclass::text FROM below ORDER BY 1\
      """;

  private PostgresConcerns() {}

  /** Whether the server takes any bytes for text. */
  static boolean ascii(Connection connection) throws SQLException {
    return Statements.first(
            connection, BoundSql.of(ENCODING), row -> row.getString(1).equals("SQL_ASCII"))
        .orElse(false);
  }

  static List<Finding> of(Connection connection) throws SQLException {
    return ascii(connection)
        ? List.of(
            new Finding(
                "SOURCE_CHARACTER_SET",
                Finding.Severity.WARNING,
                "source",
                "The database's character set is SQL_ASCII: it takes any bytes for text and knows"
                    + " no letter of them. They are read as UTF-8; rows with other bytes are"
                    + " quarantined (TEXT_INVALID).",
                "Look for texts outside of ASCII; where they are of another character set, convert"
                    + " them in a view, from LATIN1 say: convert_from(convert(convert_to(column,"
                    + " 'SQL_ASCII'), 'LATIN1', 'UTF8'), 'SQL_ASCII')."))
        : List.of();
  }

  static List<Finding> of(Connection connection, TableShape shape) throws SQLException {
    List<Finding> concerns = new ArrayList<>();
    String table = shape.name().toString();
    List<String> children =
        Statements.all(
            connection,
            new BoundSql(CHILDREN, List.of(shape.name().owner(), shape.name().table())),
            row -> row.getString(1));
    if (!children.isEmpty()) {
      concerns.add(
          new Finding(
              "SOURCE_INHERITANCE",
              Finding.Severity.WARNING,
              table,
              "%,d tables inherit from %s, and their rows are read with its own: %s."
                  .formatted(children.size(), table, some(children)),
              "Nothing to do if they are meant; for its own rows alone, name a view of SELECT *"
                  + " FROM ONLY it."));
    }
    if (shape.kind() == TableShape.Kind.EXTERNAL) {
      concerns.add(
          new Finding(
              "SOURCE_FOREIGN",
              Finding.Severity.WARNING,
              table,
              table
                  + " is a foreign table: what another server hides from the user it is reached by"
                  + " is not told, and its rows are of no snapshot.",
              "Migrate from that server itself, or see that no policy there hides rows and nobody"
                  + " writes to them."));
    }
    return concerns;
  }

  private static String some(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED ? shown : shown + " and others";
  }
}
