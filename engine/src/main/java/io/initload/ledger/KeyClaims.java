package io.initload.ledger;

import io.initload.Sha256;
import io.initload.ledger.Correction.Origin;
import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.Rows;
import io.initload.mapping.KeyForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Which rows have one external id, whatever way it is written. Of those one alone may be loaded or
 * on its way there: of two, the second would be an update of the first, and a row of the source
 * would be nowhere. Used within a transaction, so that no other command can come between.
 */
final class KeyClaims {
  /** States of rows that are loaded or on their way there. */
  static final String LIVE = "('PENDING', 'RETRYING', 'CREATED', 'UPDATED')";

  /**
   * The passes that make records of one table's rows, or those that link them: a record has a row
   * in one pass of each. Of the pass {@code t}.
   */
  private static final String PASSES =
      "SELECT s.name FROM table_run t JOIN table_run s ON s.migration = t.migration"
          + " AND COALESCE(s.of_table, s.name) = COALESCE(t.of_table, t.name)"
          + " AND (s.pass = t.pass OR s.pass IN ('ROWS', 'LEVEL') AND t.pass IN ('ROWS', 'LEVEL'))"
          + " WHERE ";

  /** Those of the pass of an exception row. */
  static final String OF_THE_ROW =
      "(" + PASSES + "t.migration = exception_row.migration AND t.name = exception_row.table_name)";

  private static final String OF_ONE =
      "(" + PASSES + "t.migration = :migration AND t.name = :pass)";

  /** Rows whose digests are noted together. */
  private static final int TOGETHER = 1_000;

  private final Handle handle;
  private final String migration;

  KeyClaims(Handle handle, String migration) {
    this.handle = handle;
    this.migration = migration;
  }

  /** A correction that may be entered. */
  record Free(Correction row, String digest) {}

  private record Keyed(long id, String text) {}

  private record Holder(long id, String digest, boolean live) {}

  /**
   * Notes the digests of rows that have none yet, of a pass and of those over the same table: of
   * all in transactions of their own, each so short that nobody waits long for the ledger.
   */
  static void note(LedgerDatabase database, String migration, String pass, KeyForm form) {
    int noted;
    do {
      noted = database.transact(h -> new KeyClaims(h, migration).noteSome(pass, form));
    } while (noted == TOGETHER);
  }

  private int noteSome(String pass, KeyForm form) {
    List<Keyed> some = withoutDigest(pass);
    Rows batch = new Rows(handle, "UPDATE exception_row SET key_digest = ? WHERE id = ?");
    some.forEach(row -> batch.add(digest(form, row.text()), row.id()));
    batch.send();
    return some.size();
  }

  /** As before, but of what came since then. */
  void note(String pass, KeyForm form) {
    int noted;
    do {
      noted = noteSome(pass, form);
    } while (noted == TOGETHER);
  }

  private List<Keyed> withoutDigest(String pass) {
    return handle
        .createQuery(
            "SELECT id, external_id FROM exception_row WHERE migration = :migration AND table_name"
                + " IN "
                + OF_ONE
                + " AND key_digest IS NULL LIMIT :limit")
        .bind("migration", migration)
        .bind("pass", pass)
        .bind("limit", TOGETHER)
        .map((r, c) -> new Keyed(r.getLong(1), r.getString(2)))
        .list();
  }

  /** External ids that several rows have which are loaded or on their way there. */
  long twice(String pass) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM (SELECT key_digest FROM exception_row WHERE migration ="
                + " :migration AND table_name IN "
                + OF_ONE
                + " AND state IN "
                + LIVE
                + " GROUP BY key_digest HAVING COUNT(*) > 1) shared")
        .bind("migration", migration)
        .bind("pass", pass)
        .mapTo(Long.class)
        .one();
  }

  /** Corrections by the pass of their row. */
  Map<String, List<Correction>> byPass(List<Correction> corrections) {
    Map<Long, String> passes = passes(corrections);
    Map<String, List<Correction>> byPass = new LinkedHashMap<>();
    corrections.forEach(
        row ->
            byPass
                .computeIfAbsent(passes.getOrDefault(row.id(), ""), pass -> new ArrayList<>())
                .add(row));
    return byPass;
  }

  /**
   * Those of some corrections of a pass whose external id no other row claims. What was read again
   * from the source by its external id may be any of the rows that have it: it is free where its
   * row is the only one.
   *
   * @param taken is shown the others
   */
  List<Free> free(String pass, KeyForm form, List<Correction> rows, Consumer<Correction> taken) {
    note(pass, form);
    Map<Long, String> digests = new HashMap<>();
    rows.forEach(row -> digests.put(row.id(), digest(form, row.externalId())));
    Map<String, List<Holder>> holders = holders(pass, Set.copyOf(digests.values()));
    Set<String> given = new HashSet<>();
    List<Free> free = new ArrayList<>();
    for (Correction row : rows) {
      String digest = digests.getOrDefault(row.id(), "");
      boolean alone = row.origin() instanceof Origin.Source;
      boolean claimed =
          holders.getOrDefault(digest, List.of()).stream()
              .anyMatch(holder -> holder.id() != row.id() && (alone || holder.live()));
      if (claimed || !given.add(digest)) {
        taken.accept(row);
      } else {
        free.add(new Free(row, digest));
      }
    }
    return free;
  }

  private Map<Long, String> passes(List<Correction> corrections) {
    return handle
        .createQuery(
            "SELECT id, table_name FROM exception_row WHERE migration = :migration AND id IN"
                + " (<ids>)")
        .bind("migration", migration)
        .bindList("ids", corrections.stream().map(Correction::id).toList())
        .map((r, c) -> new Keyed(r.getLong(1), r.getString(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Keyed::id, Keyed::text));
  }

  private Map<String, List<Holder>> holders(String pass, Set<String> digests) {
    return handle
        .createQuery(
            "SELECT id, key_digest, CASE WHEN state IN "
                + LIVE
                + " THEN 1 ELSE 0 END FROM exception_row WHERE migration = :migration AND"
                + " table_name IN "
                + OF_ONE
                + " AND key_digest IN (<digests>)")
        .bind("migration", migration)
        .bind("pass", pass)
        .bindList("digests", digests)
        .map((r, c) -> new Holder(r.getLong(1), r.getString(2), r.getLong(3) == 1))
        .list()
        .stream()
        .collect(Collectors.groupingBy(Holder::digest));
  }

  private static String digest(KeyForm form, String externalId) {
    return Sha256.of(form.canonical(externalId));
  }
}
