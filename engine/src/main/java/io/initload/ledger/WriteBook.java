package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * When this migration wrote to the org, by the clocks of the machines that kept the books: a job is
 * seen to have ended a little after it did.
 */
public final class WriteBook {
  private static final String ENDED =
      "SELECT COUNT(*), SUM(CASE WHEN j.ended_at IS NULL THEN 1 ELSE 0 END), MAX(j.ended_at)";

  private final LedgerDatabase database;
  private final String migration;

  WriteBook(LedgerDatabase database, String migration) {
    this.database = database;
    this.migration = migration;
  }

  /** When the first job was about to be made; empty while nothing was sent. */
  public Optional<Instant> first() {
    return database.read(
        h ->
            h.select(
                    "SELECT intent_at FROM job WHERE migration = ? AND part_id IS NOT NULL ORDER BY"
                        + " intent_at LIMIT 1",
                    migration)
                .map((r, c) -> Instant.ofEpochMilli(r.getLong(1)))
                .findOne());
  }

  /** When the last job ended; empty while nothing was sent, or a job has not ended. */
  public Optional<Instant> last() {
    Instant end =
        database.read(
            h ->
                h.select(
                        ENDED + " FROM job j WHERE j.migration = ? AND j.part_id IS NOT NULL",
                        migration)
                    .map((r, c) -> ended(r, 1))
                    .one());
    return Optional.of(end).filter(at -> at.isAfter(Instant.EPOCH) && at.isBefore(Instant.MAX));
  }

  /** When the last job ended that carried rows of a chunk of a pass, by the chunk's number. */
  public Map<Long, Instant> ofChunks(String pass) {
    return database.read(
        h ->
            h
                .select(
                    ENDED.replace("SELECT ", "SELECT p.chunk_no, ")
                        + " FROM part p JOIN job j ON j.part_id = p.id WHERE p.migration = ? AND"
                        + " p.table_name = ? AND p.chunk_no IS NOT NULL GROUP BY p.chunk_no",
                    migration,
                    pass)
                .map((r, c) -> Map.entry(r.getLong(1), ended(r, 2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** As {@link #ofChunks}, of the jobs that carried rows of a pass which were tried again. */
  public Instant ofRetries(String pass) {
    return database.read(
        h ->
            h.select(
                    ENDED
                        + " FROM part p JOIN job j ON j.part_id = p.id WHERE p.migration = ? AND"
                        + " p.table_name = ? AND p.chunk_no IS NULL",
                    migration,
                    pass)
                .map((r, c) -> ended(r, 1))
                .one());
  }

  /** As {@link #ofChunks}, of the jobs of other passes into an object. */
  public Instant ofOthers(String pass, String object) {
    return database.read(
        h ->
            h.select(
                    ENDED
                        + " FROM job j WHERE j.migration = ? AND j.part_id IS NOT NULL AND j.object"
                        + " = ? AND j.table_name <> ?",
                    migration,
                    object,
                    pass)
                .map((r, c) -> ended(r, 1))
                .one());
  }

  /** Hosts that staged files or keep lists of created records. */
  public Set<String> hosts() {
    List<String> hosts =
        database.read(
            h ->
                h.select(
                        "SELECT host FROM part WHERE migration = ? UNION SELECT receipt_host FROM"
                            + " part WHERE migration = ? AND receipt_host IS NOT NULL",
                        migration,
                        migration)
                    .mapTo(String.class)
                    .list());
    return new TreeSet<>(hosts);
  }

  /** Long ago where there was none, and never where one has not ended. */
  private static Instant ended(ResultSet r, int count) throws SQLException {
    if (r.getLong(count) == 0) {
      return Instant.EPOCH;
    }
    return r.getLong(count + 1) > 0 ? Instant.MAX : Instant.ofEpochMilli(r.getLong(count + 2));
  }
}
