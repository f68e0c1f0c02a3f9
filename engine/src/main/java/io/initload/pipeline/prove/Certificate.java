package io.initload.pipeline.prove;

import io.initload.config.ReconcileConfig.Level;
import io.initload.ledger.CorrectionBook.ByHand;
import io.initload.pipeline.load.Quota;
import io.initload.plan.Batches;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The result of reconciliation: what was compared, what was found, and whether the books close. It
 * is made from the source, the org and the ledger; nothing in it is a memory of the run that moved
 * the rows.
 *
 * @param level the deepest comparison made
 * @param booksClosed whether every equation of the laws holds, every count agrees and every sampled
 *     field is equal
 * @param findings what speaks against it, one sentence each; empty when the books close
 * @param notes what a reader should know and what does not speak against it
 */
public record Certificate(
    String migration,
    String instance,
    String orgId,
    Snapshot snapshot,
    Instant startedAt,
    Instant madeAt,
    Level level,
    boolean booksClosed,
    List<Table> tables,
    Quota quota,
    List<String> findings,
    List<String> notes) {
  public Certificate {
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * One pass over a table.
   *
   * @param pass what of the table it loads
   * @param source its name; that of the table, where the pass loads the rows
   * @param snapshotRows rows at the snapshot, counted again now where the snapshot allows it
   * @param targetRows records of the object that carry an external id, now; empty when the org
   *     could not count them
   * @param targetBefore the same before the first row was loaded
   * @param deadLetters rows that need a person, by code
   * @param corrected rows that people corrected, and that differ from the source by that
   * @param closed whether this table's books close
   */
  public record Table(
      PassKind pass,
      String source,
      String object,
      String phase,
      String strategy,
      long snapshotRows,
      long readRows,
      long quarantined,
      long stagedRows,
      long created,
      long updated,
      long deadLettered,
      OptionalLong targetRows,
      OptionalLong targetBefore,
      long chunks,
      long parts,
      long jobs,
      Batches batches,
      Sample sample,
      List<Code> deadLetters,
      List<AlteredField> altered,
      ByHand corrected,
      boolean closed) {
    public Table {
      altered = List.copyOf(altered);
      deadLetters = List.copyOf(deadLetters);
    }
  }

  /**
   * The field by field comparison of a table.
   *
   * @param rows rows compared
   * @param fields fields compared
   * @param differences fields that differ, and rows that are missing
   */
  public record Sample(long rows, long fields, long differences) {
    public static final Sample NONE = new Sample(0, 0, 0);
  }

  /**
   * Values of a field that were loaded other than they were read, as the configuration says.
   *
   * @param first external ids of the first of them
   */
  public record AlteredField(String field, String code, long rows, List<String> first) {
    public AlteredField {
      first = List.copyOf(first);
    }
  }

  /** Rows that share a code. */
  public record Code(String code, long rows, String meaning, String remedy) {}

  /** What the migration spent of the daily allowances in all. */
  public record Quota(long records, long batches, long jobs) {
    /** How well those batches were filled. */
    public Batches filled() {
      return Batches.of(records, batches);
    }
  }
}
