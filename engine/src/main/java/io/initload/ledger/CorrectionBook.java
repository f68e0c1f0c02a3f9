package io.initload.ledger;

import io.initload.Sha256;
import io.initload.ledger.Correction.Origin;
import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import io.initload.mapping.KeyForm;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Rows that needed a person and were corrected since: in the source, or by hand. */
public final class CorrectionBook {
  /** Corrections per statement. */
  private static final int TOGETHER = 500;

  /** What was entered by a version that noted no one has no name, and was read at no moment. */
  private static final String LOADED_BY_HAND =
      " FROM exception_row WHERE migration = :migration AND table_name = :table"
          + " AND state IN ('CREATED', 'UPDATED') AND corrected = 1"
          + " AND (corrected_by = '' AND read_at = ''"
          + " OR corrected_by <> '' AND digest_read <> digest_sent) ";

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  CorrectionBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * Rows of a table that were loaded as the source showed them at a later moment.
   *
   * @param rows all of them
   * @param changed those that the source had otherwise at the snapshot
   * @param unknown those of which an older version did not note how the source had them then
   */
  public record ReadAgain(String moment, long rows, long changed, long unknown) {}

  /** The later moments at which loaded rows of a table were read again. */
  public List<ReadAgain> readAgain(String table) {
    return database.read(
        h ->
            h.createQuery(
                    """
                    SELECT read_at, COUNT(*) AS n,
                      COUNT(CASE WHEN digest_snapshot NOT IN ('', digest_sent) THEN 1 END) AS changed,
                      COUNT(CASE WHEN digest_snapshot = '' THEN 1 END) AS unknown_
                    FROM exception_row WHERE migration = :migration
                      AND table_name = :table AND read_at <> '' AND state IN ('CREATED', 'UPDATED')
                      AND (corrected_by = '' OR digest_read = digest_sent)
                      GROUP BY read_at ORDER BY read_at
                    """)
                .bind("migration", migration)
                .bind("table", table)
                .map(
                    (r, c) ->
                        new ReadAgain(
                            r.getString("read_at"),
                            r.getLong("n"),
                            r.getLong("changed"),
                            r.getLong("unknown_")))
                .list());
  }

  /**
   * Rows of a table that were loaded otherwise than they were read, because a person wrote them so.
   *
   * @param first of them, in the order in which they were held back
   */
  public record ByHand(long rows, List<HandRow> first) {
    public static final ByHand NONE = new ByHand(0, List.of());

    public ByHand {
      first = List.copyOf(first);
    }
  }

  /**
   * A row that a person corrected. A digest is the SHA-256 of the row's fields as a JSON array in
   * the order of the staged columns.
   *
   * @param by the person's name with the operating system; empty where an older version did not
   *     note it, as are all others but the external id
   * @param at ISO 8601 in UTC, to the second
   * @param digestRead of the row as it was read from the source
   * @param digestLoaded of the row as it was loaded
   */
  public record HandRow(
      String externalId,
      String by,
      String at,
      String file,
      String digestRead,
      String digestLoaded) {}

  /**
   * What people corrected of a table and the org took.
   *
   * @param shown rows that are named, at most
   */
  public ByHand byHand(String table, int shown) {
    return database.read(
        h ->
            new ByHand(
                h.createQuery("SELECT COUNT(*)" + LOADED_BY_HAND)
                    .bind("migration", migration)
                    .bind("table", table)
                    .mapTo(Long.class)
                    .one(),
                h.createQuery("SELECT *" + LOADED_BY_HAND + "ORDER BY id LIMIT :limit")
                    .bind("migration", migration)
                    .bind("table", table)
                    .bind("limit", shown)
                    .map(
                        (r, c) ->
                            new HandRow(
                                r.getString("external_id"),
                                r.getString("corrected_by"),
                                moment(r.getLong("corrected_at")),
                                r.getString("corrected_file"),
                                r.getString("digest_read"),
                                r.getString("digest_sent")))
                    .list()));
  }

  private static String moment(long millis) {
    return millis == 0
        ? ""
        : Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * External ids that several rows of a pass have, or of the passes over the same table, which are
   * loaded or on their way.
   */
  public long claimedTwice(String pass, KeyForm form) {
    long live =
        database.read(
            h ->
                h.select(
                        "SELECT COUNT(*) FROM exception_row WHERE migration = ? AND corrected = 1"
                            + " AND state IN "
                            + KeyClaims.LIVE,
                        migration)
                    .mapTo(Long.class)
                    .one());
    if (live == 0) {
      return 0;
    }
    KeyClaims.note(database, migration, pass, form);
    return database.transact(
        h -> {
          KeyClaims claims = new KeyClaims(h, migration);
          claims.note(pass, form);
          return claims.twice(pass);
        });
  }

  /** Corrected rows; there may be more of them than memory holds. */
  public interface Corrections {
    /** Shows one after another. */
    void each(Consumer<Correction> row);
  }

  /**
   * Enters corrected rows for another try, all or none, but for those whose external id another row
   * claims: one that is loaded or on its way there or, of a row that was read again from the source
   * by it, any. A quarantined row counts as staged from now on.
   *
   * @param forms of the external ids, by table
   * @param taken is shown the rows whose external id another one claims, which stay as they are;
   *     where it throws, nothing is entered
   * @return how many
   * @throws LostClaim when one of them no longer needs a person
   */
  public long correct(
      Corrections corrections,
      Function<String, Optional<KeyForm>> forms,
      Consumer<Correction> taken) {
    for (String pass : withoutDigests()) {
      forms.apply(pass).ifPresent(form -> KeyClaims.note(database, migration, pass, form));
    }
    return database.transact(
        h -> {
          List<Correction> some = new ArrayList<>();
          long[] entered = {0};
          corrections.each(
              row -> {
                some.add(row);
                if (some.size() == TOGETHER) {
                  entered[0] += correctSome(h, some, forms, taken);
                  some.clear();
                }
              });
          entered[0] += correctSome(h, some, forms, taken);
          DeadLetterBook.reopenChunks(h, migration);
          return entered[0];
        });
  }

  /** Passes with rows whose keys have no digest yet. */
  private List<String> withoutDigests() {
    return database.read(
        h ->
            h.select(
                    "SELECT DISTINCT table_name FROM exception_row WHERE migration = ? AND"
                        + " key_digest IS NULL ORDER BY table_name",
                    migration)
                .mapTo(String.class)
                .list());
  }

  private long correctSome(
      Handle h,
      List<Correction> corrections,
      Function<String, Optional<KeyForm>> forms,
      Consumer<Correction> taken) {
    if (corrections.isEmpty()) {
      return 0;
    }
    KeyClaims claims = new KeyClaims(h, migration);
    long entered = 0;
    for (Map.Entry<String, List<Correction>> of : claims.byPass(corrections).entrySet()) {
      KeyForm form = forms.apply(of.getKey()).orElse(KeyForm.EXACT);
      entered += enter(h, claims.free(of.getKey(), form, of.getValue(), taken));
    }
    return entered;
  }

  private int enter(Handle h, List<KeyClaims.Free> corrections) {
    if (corrections.isEmpty()) {
      return 0;
    }
    List<Long> ids = corrections.stream().map(free -> free.row().id()).toList();
    h.createUpdate(
            """
            UPDATE chunk SET quarantined = quarantined - freed.n, rows_staged = rows_staged + freed.n
            FROM (SELECT table_name AS t, chunk_no AS no_, COUNT(*) AS n FROM exception_row
                  WHERE id IN (<ids>) AND state = 'QUARANTINED' GROUP BY table_name, chunk_no) freed
            WHERE chunk.migration = :migration AND chunk.table_name = freed.t AND chunk.no = freed.no_
            """)
        .bindList("ids", ids)
        .bind("migration", migration)
        .execute();
    Map<Long, String> read = digestsRead(h, ids);
    var batch =
        h.prepareBatch(
            """
            UPDATE exception_row SET state = 'PENDING', attempts = 0, due_at = :now,
              external_id = :externalId, key_digest = :keyDigest, data = :data, left_out = '[]', corrected = 1,
              staged = CASE WHEN staged IS NOT NULL THEN staged WHEN state = 'QUARANTINED' THEN ''
                ELSE data END,
              read_at = CASE WHEN :byHand = 1 THEN read_at ELSE :moment END,
              corrected_by = :by, corrected_at = :at, corrected_file = :file,
              digest_snapshot = CASE WHEN corrected = 0 AND digest_snapshot = '' THEN :asItIs
                ELSE digest_snapshot END,
              digest_read = :digestRead, digest_sent = :digestSent, updated_at = :now
            WHERE id = :id AND migration = :migration AND state IN ('DEAD', 'QUARANTINED')
            """);
    for (KeyClaims.Free free : corrections) {
      Correction row = free.row();
      String data = LedgerJson.texts(row.data());
      Optional<Origin.Hand> hand =
          row.origin() instanceof Origin.Hand by ? Optional.of(by) : Optional.empty();
      batch
          .bind("now", clock.millis())
          .bind("externalId", row.externalId())
          .bind("keyDigest", free.digest())
          .bind("data", data)
          .bind("byHand", hand.isPresent() ? 1 : 0)
          .bind("moment", row.origin() instanceof Origin.Source source ? source.moment() : "")
          .bind("by", hand.map(Origin.Hand::by).orElse(""))
          .bind("at", hand.isPresent() ? clock.millis() : 0)
          .bind("file", hand.map(Origin.Hand::file).orElse(""))
          .bind("digestRead", hand.isPresent() ? read.getOrDefault(row.id(), "") : "")
          .bind("asItIs", read.getOrDefault(row.id(), ""))
          .bind("digestSent", digest(data))
          .bind("id", row.id())
          .bind("migration", migration)
          .add();
    }
    int changed = 0;
    for (int one : batch.execute()) {
      changed += one;
    }
    if (changed != corrections.size()) {
      throw new LostClaim("A corrected row");
    }
    return changed;
  }

  /**
   * Digests of rows as the source had them, by the rows' ids; empty where an older version took a
   * correction in and nobody knows any more.
   */
  private static Map<Long, String> digestsRead(Handle h, List<Long> ids) {
    return h
        .createQuery(
            """
            SELECT id, data, corrected, corrected_by, read_at, digest_read, digest_sent,
              digest_snapshot FROM exception_row WHERE id IN (<ids>)
            """)
        .bindList("ids", ids)
        .map(
            (r, c) -> {
              boolean asRead = r.getLong("corrected") == 0;
              boolean again =
                  r.getString("corrected_by").isEmpty() && !r.getString("read_at").isEmpty();
              // Fields may have been emptied in data since.
              String noted =
                  r.getString(asRead ? "digest_snapshot" : again ? "digest_sent" : "digest_read");
              return Map.entry(
                  r.getLong("id"),
                  noted.isEmpty() && (asRead || again) ? digest(r.getString("data")) : noted);
            })
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String digest(String data) {
    return Sha256.of(data);
  }
}
