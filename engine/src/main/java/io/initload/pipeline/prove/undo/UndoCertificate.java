package io.initload.pipeline.prove.undo;

import io.initload.pipeline.prove.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of the records that a migration created, after it was undone. It is made from the org
 * and the ledger; the source is not asked, for nothing of it was touched.
 *
 * @param provenance who made it, of what
 * @param startedAt when the migration was begun
 * @param undoneAt when its undoing was first asked for; empty where it never was
 * @param endedAt when the last job of the deletion ended; empty while one has not, or none was made
 * @param complete whether every record that was created is deleted or refused for good, and the org
 *     has no other one that this migration made: there are no findings
 * @param tables children first
 * @param quota what the deletion took of the daily allowances
 * @param findings what speaks against it, one sentence each
 * @param notes what a reader should know and what does not speak against it
 */
public record UndoCertificate(
    Certificate.Provenance provenance,
    String migration,
    String instance,
    String orgId,
    Instant startedAt,
    Optional<Instant> undoneAt,
    Optional<Instant> endedAt,
    Instant madeAt,
    boolean complete,
    List<Table> tables,
    List<OrgObject> objects,
    Certificate.Quota quota,
    List<String> findings,
    List<String> notes) {
  public UndoCertificate {
    tables = List.copyOf(tables);
    objects = List.copyOf(objects);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * One pass over a table: created = listed = deleted + refused + left.
   *
   * @param created records that the books of the load have as created
   * @param listed records in the lists of created records
   * @param deleted of them, those that are gone
   * @param refused of them, those that the org did not delete
   * @param left of them, those that were not tried yet
   * @param updated rows that were written to records which were there before: these stay, with what
   *     was written
   * @param remaining of the refused ones, those that the org still has
   * @param refusals the refused ones by code
   */
  public record Table(
      String source,
      String object,
      String phase,
      long created,
      long listed,
      long deleted,
      long refused,
      long left,
      long updated,
      Remaining remaining,
      List<Certificate.Code> refusals) {
    public Table {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * Records that the org still has.
   *
   * @param records how many; empty where nobody can say
   * @param first ids of the first of them
   */
  public record Remaining(OptionalLong records, List<String> first) {
    public static final Remaining NONE = new Remaining(OptionalLong.of(0), List.of());

    public Remaining {
      first = List.copyOf(first);
    }
  }

  /**
   * An object that records were deleted from.
   *
   * @param before records with an external id before the migration's first row, as far as known
   * @param now the same now
   * @param ofMigration records with an external id that the loading user created while the
   *     migration loaded and that are there now; empty where nobody can say
   */
  public record OrgObject(
      String object,
      String externalId,
      OptionalLong before,
      OptionalLong now,
      OptionalLong ofMigration) {}
}
