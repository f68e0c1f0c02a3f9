package io.initload.pipeline.prove;

import io.initload.ledger.TraceBook.Excepted;
import io.initload.ledger.TraceBook.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is known of one row in one pass: what the source has, what was done, what the org
 * has. Holds data of the row, so it is for whoever may see that.
 *
 * @param pass the table's name, or that of another pass over it
 * @param externalId as it was asked for
 * @param source what the source has under it
 * @param exceptions what the ledger has of it; empty for a row that simply became a record
 * @param unanswered whether the org takes too long to find a record by this external id
 * @param records what the org has under it
 * @param awayHosts hosts that keep lists of created records which could not be looked at here, or
 *     are not as they were written
 */
public record RowTrace(
    String pass,
    String object,
    String externalId,
    Source source,
    List<Excepted> exceptions,
    boolean unanswered,
    List<OrgRecord> records,
    List<String> awayHosts) {
  public RowTrace {
    exceptions = List.copyOf(exceptions);
    records = List.copyOf(records);
    awayHosts = List.copyOf(awayHosts);
  }

  /** What was found of the row where it comes from. */
  public enum Found {
    ONE,
    NONE,
    SEVERAL,
    /** Its column cannot be told from the external id, so that it would take reading the table. */
    NOT_ASKED
  }

  /**
   * The row in the source.
   *
   * @param moment when it was read: the pass's own snapshot, or now
   * @param original whether that is the moment at which the rows of the pass were read
   */
  public record Source(Found found, String moment, boolean original) {}

  /**
   * A record of the org.
   *
   * @param origin the job of this migration that created it; empty when none that is known here did
   * @param system its dates and people, by field
   * @param fields what was sent, field by field, held against the record
   */
  public record OrgRecord(
      String id, Optional<Origin> origin, Map<String, String> system, List<Field> fields) {
    public OrgRecord {
      fields = List.copyOf(fields);
    }
  }

  /** How a field of the record stands to what was sent. */
  public enum Compared {
    EQUAL,
    DIFFERS,
    NOT_SENT
  }

  /**
   * One field.
   *
   * @param sent empty when it is not sent
   */
  public record Field(String name, Compared compared, String sent, String org) {}

  /** Whether anybody knows the row at all. */
  public boolean known() {
    return ofThisPass() || !records.isEmpty();
  }

  /**
   * Whether it is this pass that has read or written the row: a record by itself says nothing,
   * which all passes over a table find alike.
   */
  public boolean ofThisPass() {
    return source.found() == Found.ONE || source.found() == Found.SEVERAL || taken();
  }

  /** Whether the books or the lists of created records have it in this pass. */
  public boolean taken() {
    return !exceptions.isEmpty()
        || records.stream().anyMatch(record -> record.origin().isPresent());
  }
}
