package io.initload.source.postgres;

import io.initload.source.DbaStatements;
import io.initload.source.TableShape;
import java.util.ArrayList;
import java.util.List;

/** What a DBA is asked to run before and after a migration. */
final class PostgresGrants {
  private PostgresGrants() {}

  static DbaStatements access(String user, List<TableShape> tables) {
    String to = " TO " + PostgresNames.quote(user);
    List<String> grants = new ArrayList<>();
    tables.stream()
        .map(shape -> shape.name().owner())
        .distinct()
        .forEach(schema -> grants.add("GRANT USAGE ON SCHEMA " + PostgresNames.quote(schema) + to));
    tables.forEach(
        shape -> grants.add("GRANT SELECT ON " + PostgresNames.table(shape.name()) + to));
    return new DbaStatements(
        grants,
        List.of(
            "ALTER ROLE " + PostgresNames.quote(user) + " NOLOGIN",
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
            WHERE usename = %s AND application_name LIKE 'initload%%'\
            """
                .formatted(PostgresNames.text(user))));
  }
}
