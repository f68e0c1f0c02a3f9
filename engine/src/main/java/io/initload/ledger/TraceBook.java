package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.ExceptionRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the ledger knows of single rows, for whoever asks for one by its external id. */
public final class TraceBook {
  private final LedgerDatabase database;
  private final String migration;

  TraceBook(LedgerDatabase database, String migration) {
    this.database = database;
    this.migration = migration;
  }

  /**
   * A row that did not simply become a record, and who changed it since it was read.
   *
   * @param readAgain the moment at which the source was read again for it; empty when it was not
   * @param by who corrected it by hand; empty when nobody did, as are the moment and the file
   */
  public record Excepted(
      ExceptionRow row,
      String readAgain,
      String by,
      Optional<Instant> correctedAt,
      String file,
      Instant at) {}

  /**
   * The job whose list of created records has a name.
   *
   * @param chunk empty for rows of several chunks that were tried again
   * @param sfJob its id in the org
   */
  public record Origin(
      String part,
      Optional<Long> chunk,
      String sfJob,
      Optional<Instant> submitted,
      Optional<Instant> ended) {}

  /** Those of that external id in a pass, in the order in which they were entered. */
  public List<Excepted> exceptions(String pass, String externalId) {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM exception_row WHERE migration = ? AND table_name = ? AND"
                        + " external_id = ? ORDER BY id",
                    migration,
                    pass,
                    externalId)
                .map(
                    (r, c) ->
                        new Excepted(
                            ExceptionBook.ROW.map(r, c),
                            r.getString("read_at"),
                            r.getString("corrected_by"),
                            moment(r.getLong("corrected_at")),
                            r.getString("corrected_file"),
                            Instant.ofEpochMilli(r.getLong("updated_at"))))
                .list());
  }

  /** Where the records of a list come from. */
  public Optional<Origin> origin(String pass, String receipt) {
    return database.read(
        h ->
            h.select(
                    "SELECT p.name, p.chunk_no, j.sf_id, j.submitted_at, j.ended_at FROM part p"
                        + " JOIN job j ON j.part_id = p.id WHERE p.migration = ? AND p.table_name ="
                        + " ? AND p.receipt = ? ORDER BY j.id DESC LIMIT 1",
                    migration,
                    pass,
                    receipt)
                .map((r, c) -> origin(r))
                .findOne());
  }

  private static Origin origin(ResultSet r) throws SQLException {
    long chunk = r.getLong("chunk_no");
    boolean none = r.wasNull();
    String job = r.getString("sf_id");
    return new Origin(
        r.getString("name"),
        none ? Optional.empty() : Optional.of(chunk),
        job == null ? "" : job,
        moment(r.getLong("submitted_at")),
        moment(r.getLong("ended_at")));
  }

  private static Optional<Instant> moment(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
