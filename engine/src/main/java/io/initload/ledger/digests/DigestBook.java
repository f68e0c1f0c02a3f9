package io.initload.ledger.digests;

import io.initload.Failure;
import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Staged.Digested;
import io.initload.mapping.canonical.KeyedHash;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The digests of the rows of each chunk as they were staged, added up, and what changed since. */
public final class DigestBook {
  private final LedgerDatabase database;
  private final String migration;

  public DigestBook(LedgerDatabase database, String migration) {
    this.database = database;
    this.migration = migration;
  }

  /**
   * Under which the rows of the migration are digested: drawn when it is first asked for.
   *
   * @throws Failure {@code LEDGER_DAMAGED} where none stands in its place
   */
  public byte[] key() {
    Optional<String> known = database.read(this::known);
    String text = known.orElseGet(() -> database.transact(this::drawn));
    try {
      byte[] key = HexFormat.of().parseHex(text);
      if (key.length == KeyedHash.KEY_BYTES) {
        return key;
      }
      throw noKey();
    } catch (IllegalArgumentException noDigits) {
      throw noKey();
    }
  }

  private Failure noKey() {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.PLATFORM,
        "LEDGER_DAMAGED",
        "What the ledger has as the key of the digests of %s is none: somebody changed it."
            .formatted(migration),
        "Restore the ledger from its backup.");
  }

  private Optional<String> known(Handle h) {
    return h.select(
            "SELECT digest_salt FROM migration WHERE id = ? AND digest_salt IS NOT NULL", migration)
        .mapTo(String.class)
        .findOne();
  }

  private String drawn(Handle h) {
    h.execute(
        "UPDATE migration SET digest_salt = ? WHERE id = ? AND digest_salt IS NULL",
        HexFormat.of().formatHex(KeyedHash.randomKey()),
        migration);
    return known(h).orElseThrow();
  }

  /**
   * Enters the sums of a chunk, in the place of those of an earlier reading, within the transaction
   * that enters its parts.
   */
  public static void enter(Handle h, String migration, Chunk chunk, Digested digests) {
    h.execute(
        "INSERT INTO chunk_digest (migration, table_name, chunk_no, row_count, sums, exempt,"
            + " algorithm) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (migration, table_name,"
            + " chunk_no) DO UPDATE SET row_count = excluded.row_count, sums = excluded.sums,"
            + " exempt = excluded.exempt, algorithm = excluded.algorithm",
        migration,
        chunk.table(),
        chunk.no(),
        digests.sums().rows(),
        digests.sums().text(),
        LedgerJson.texts(digests.exempt()),
        KeyedHash.ALGORITHM);
  }

  /** The rows of a pass as they were staged, of all chunks that have been read. */
  public StagedSums staged(String pass) {
    return database.read(
        h -> {
          long older = undigested(h, pass);
          return older > 0 ? new StagedSums.Older(older) : summed(h, pass);
        });
  }

  private StagedSums summed(Handle h, String pass) {
    Summing sums = new Summing();
    try (Stream<Summing.Entry> entries =
        h
            .select(
                "SELECT chunk_no, row_count, sums, exempt FROM chunk_digest WHERE migration = ? AND"
                    + " table_name = ? AND algorithm = ? ORDER BY chunk_no",
                migration,
                pass,
                KeyedHash.ALGORITHM)
            .map(
                (r, c) ->
                    new Summing.Entry(
                        r.getLong("chunk_no"),
                        r.getLong("row_count"),
                        r.getString("sums"),
                        r.getString("exempt")))
            .stream()) {
      entries.forEach(sums::take);
    }
    return sums.sum();
  }

  private long undigested(Handle h, String pass) {
    return h.select(
            "SELECT COUNT(*) FROM chunk c WHERE c.migration = ? AND c.table_name = ? AND"
                + " c.rows_read > 0 AND NOT EXISTS (SELECT 1 FROM chunk_digest d WHERE d.migration"
                + " = c.migration AND d.table_name = c.table_name AND d.chunk_no = c.no AND"
                + " d.algorithm = ?)",
            migration,
            pass,
            KeyedHash.ALGORITHM)
        .mapTo(Long.class)
        .one();
  }

  /**
   * A row that the org does not have as it is in the sums.
   *
   * @param staged as it is in them; empty where it is in none
   * @param loaded as it was loaded in the end; empty where it was not
   */
  public record Otherwise(
      String externalId, Optional<List<String>> staged, Optional<List<String>> loaded) {}

  /** Shows the rows of a pass that the org does not have as they are in the sums. */
  public void otherwise(String pass, Consumer<Otherwise> row) {
    database.read(
        h -> {
          try (Stream<Otherwise> rows =
              h
                  .select(
                      "SELECT external_id, data, staged, CASE WHEN state IN ('CREATED', 'UPDATED')"
                          + " THEN 1 ELSE 0 END AS loaded FROM exception_row WHERE migration = ?"
                          + " AND table_name = ? AND (staged IS NOT NULL OR state NOT IN"
                          + " ('CREATED', 'UPDATED', 'QUARANTINED')) ORDER BY id",
                      migration,
                      pass)
                  .map(
                      (r, c) ->
                          otherwise(
                              r.getString("external_id"),
                              r.getString("data"),
                              Optional.ofNullable(r.getString("staged")),
                              r.getLong("loaded") == 1))
                  .stream()) {
            rows.forEach(row);
          }
          return row;
        });
  }

  private static Otherwise otherwise(
      String externalId, String data, Optional<String> staged, boolean loaded) {
    return new Otherwise(
        externalId,
        Optional.of(staged.orElse(data)).filter(text -> !text.isEmpty()).map(LedgerJson::texts),
        loaded ? Optional.of(LedgerJson.texts(data)) : Optional.empty());
  }
}
