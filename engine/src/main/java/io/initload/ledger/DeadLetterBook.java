package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.mapping.KeyForm;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** The rows that need a person: refused by the org for good, or quarantined before loading. */
public final class DeadLetterBook {
  private static final String CHOSEN =
      " migration = :migration AND (:anyTable = 1 OR table_name IN (<tables>))"
          + " AND (:anyCode = 1 OR code IN (<codes>)) ";

  /** No row of the same external id is loaded or on its way, or goes on its way before it. */
  private static final String FIRST_OF_ITS_KEY =
      "AND NOT EXISTS (SELECT 1 FROM exception_row o WHERE o.migration = exception_row.migration"
          + " AND o.table_name IN "
          + KeyClaims.OF_THE_ROW
          + " AND o.key_digest = exception_row.key_digest AND (o.state IN "
          + KeyClaims.LIVE
          + " OR o.state = 'DEAD' AND exception_row.id > o.id"
          + " AND (:anyCode = 1 OR o.code IN (<codes>))))";

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  DeadLetterBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * How many rows of a table share a state and a code.
   *
   * @param message that of the first of them: a code may have several meanings, told by the message
   */
  public record Group(
      String table, ExceptionRow.State state, String code, long rows, String message) {}

  /** Counts by table, state and code. */
  public List<Group> groups(DeadLetterFilter filter) {
    return database.read(
        h ->
            choose(
                    h.createQuery(
                        // Counted in the order of an index, without their texts: there may be a
                        // million of them.
                        "SELECT counted.*, (SELECT message FROM exception_row AS one WHERE one.id ="
                            + " counted.first_id) AS example FROM (SELECT table_name, state, code,"
                            + " COUNT(*) AS n, MIN(id) AS first_id FROM exception_row WHERE"
                            + CHOSEN
                            + "AND state IN ('DEAD', 'QUARANTINED') GROUP BY table_name, state,"
                            + " code) AS counted ORDER BY table_name, n DESC, code"),
                    filter)
                .map(
                    (r, c) ->
                        new Group(
                            r.getString("table_name"),
                            ExceptionRow.State.valueOf(r.getString("state")),
                            r.getString("code"),
                            r.getLong("n"),
                            r.getString("example")))
                .list());
  }

  /**
   * The rows in entry order.
   *
   * @param after id of the last row seen; 0 to begin
   */
  public List<ExceptionRow> page(DeadLetterFilter filter, long after, int limit) {
    return database.read(
        h -> {
          Query query =
              h.createQuery(
                  "SELECT * FROM exception_row WHERE"
                      + CHOSEN
                      + "AND id > :after AND state IN ('DEAD', 'QUARANTINED') ORDER BY id LIMIT"
                      + " :limit");
          return choose(query, filter)
              .bind("after", after)
              .bind("limit", limit)
              .map(ExceptionBook.ROW)
              .list();
        });
  }

  /**
   * The first rows of a group, in the order of their numbers; none when the limit is not above 0.
   */
  public List<ExceptionRow> first(Group group, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM exception_row WHERE migration = :migration"
                        + " AND table_name = :table AND state = :state AND code = :code"
                        + " ORDER BY id LIMIT :limit")
                .bind("migration", migration)
                .bind("table", group.table())
                .bind("state", group.state().name())
                .bind("code", group.code())
                .bind("limit", Math.max(0, limit))
                .map(ExceptionBook.ROW)
                .list());
  }

  /**
   * Of each meaning that a group's code has among its rows, one message.
   *
   * @param texts what the messages of a meaning contain, each; messages with none of them are one
   *     meaning more
   */
  public List<String> examples(Group group, List<String> texts) {
    return database.read(
        h -> {
          List<String> examples = new ArrayList<>();
          String others = "";
          for (int i = 0; i < texts.size(); i++) {
            example(h, group, texts, " AND message LIKE :text" + i).ifPresent(examples::add);
            others += " AND message NOT LIKE :text" + i;
          }
          example(h, group, texts, others).ifPresent(examples::add);
          return examples;
        });
  }

  private Optional<String> example(Handle h, Group group, List<String> texts, String which) {
    Query query =
        h.createQuery(
                "SELECT MIN(message) FROM exception_row WHERE migration = :migration"
                    + " AND table_name = :table AND state = :state AND code = :code"
                    + which)
            .bind("migration", migration)
            .bind("table", group.table())
            .bind("state", group.state().name())
            .bind("code", group.code());
    for (int i = 0; i < texts.size(); i++) {
      if (which.contains(":text" + i)) {
        query.bind("text" + i, "%" + texts.get(i) + "%");
      }
    }
    return query.mapTo(String.class).findOne();
  }

  /**
   * What became of refused rows.
   *
   * @param rows that are tried again
   * @param left rows that stay as they are, since another one of their external id is loaded or on
   *     its way
   */
  public record Revived(long rows, long left) {}

  /**
   * Lets refused rows be tried again as they are, one of each external id. Quarantined ones are
   * left alone: unchanged they cannot be staged.
   *
   * @param forms of the external ids, by table; of a table without one they are not compared
   */
  public Revived revive(DeadLetterFilter filter, Function<String, Optional<KeyForm>> forms) {
    return database.transact(
        h -> {
          KeyClaims claims = new KeyClaims(h, migration);
          long dead = 0;
          for (Map.Entry<String, Long> table : dead(h, filter)) {
            forms.apply(table.getKey()).ifPresent(form -> claims.note(table.getKey(), form));
            dead += table.getValue();
          }
          int revived =
              choose(
                      h.createUpdate(
                          "UPDATE exception_row SET state = 'PENDING', attempts = 0, due_at = :now,"
                              + " updated_at = :now WHERE"
                              + CHOSEN
                              + "AND state = 'DEAD' "
                              + FIRST_OF_ITS_KEY),
                      filter)
                  .bind("now", clock.millis())
                  .execute();
          reopenChunks(h, migration);
          return new Revived(revived, dead - revived);
        });
  }

  private List<Map.Entry<String, Long>> dead(Handle h, DeadLetterFilter filter) {
    return choose(
            h.createQuery(
                "SELECT table_name, COUNT(*) FROM exception_row WHERE"
                    + CHOSEN
                    + "AND state = 'DEAD' GROUP BY table_name"),
            filter)
        .map((r, c) -> Map.entry(r.getString(1), r.getLong(2)))
        .list();
  }

  /** A row that waits for another try and that no part takes, as it is written, needs a person. */
  public void unstageable(long id, String why) {
    database.transact(
        h ->
            h.execute(
                "UPDATE exception_row SET state = 'DEAD', code = 'UNSTAGEABLE', message = ?,"
                    + " updated_at = ? WHERE migration = ? AND id = ? AND state = 'PENDING'",
                why,
                clock.millis(),
                migration,
                id));
  }

  /** The rows of a table with these ids, in whatever state they are, by their ids. */
  public Map<Long, ExceptionRow> rows(String table, Set<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database.read(
        h ->
            h
                .createQuery(
                    "SELECT * FROM exception_row WHERE migration = :migration AND table_name ="
                        + " :table AND id IN (<ids>)")
                .bind("migration", migration)
                .bind("table", table)
                .bindList("ids", ids)
                .map(ExceptionBook.ROW)
                .list()
                .stream()
                .collect(Collectors.toMap(ExceptionRow::id, row -> row)));
  }

  /** Tables with rows that are being tried again, of those that the filter means. */
  public Set<String> trying(DeadLetterFilter filter) {
    return database.read(
        h ->
            Set.copyOf(
                choose(
                        h.createQuery(
                            "SELECT DISTINCT table_name FROM exception_row WHERE"
                                + CHOSEN
                                + "AND state IN ('PENDING', 'RETRYING')"),
                        filter)
                    .mapTo(String.class)
                    .list()));
  }

  /** Chunks with rows that are to be tried again have work left. */
  static void reopenChunks(Handle h, String migration) {
    h.execute(
        """
        UPDATE chunk SET state = 'STAGED' WHERE migration = ? AND state = 'SETTLED'
          AND EXISTS (SELECT 1 FROM exception_row e WHERE e.migration = chunk.migration
            AND e.table_name = chunk.table_name AND e.chunk_no = chunk.no AND e.state = 'PENDING')
        """,
        migration);
  }

  private <S extends SqlStatement<S>> S choose(S statement, DeadLetterFilter filter) {
    return statement
        .bind("migration", migration)
        .bind("anyTable", filter.tables().isEmpty() ? 1 : 0)
        .bindList("tables", some(filter.tables()))
        .bind("anyCode", filter.codes().isEmpty() ? 1 : 0)
        .bindList("codes", some(filter.codes()));
  }

  /** A list in SQL cannot be empty. */
  private static Set<String> some(Set<String> names) {
    return names.isEmpty() ? Set.of("") : names.stream().collect(Collectors.toSet());
  }
}
