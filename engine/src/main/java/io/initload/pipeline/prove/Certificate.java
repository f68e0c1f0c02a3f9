package io.initload.pipeline.prove;

import io.initload.config.ReconcileConfig.Level;
import io.initload.ledger.CorrectionBook.ByHand;
import io.initload.ledger.audit.Chain.Head;
import io.initload.plan.Batches;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result of reconciliation: what was compared, what was found, and whether the books close. It
 * is made from the source, the org and the ledger; nothing in it is a memory of the run that moved
 * the rows.
 *
 * @param provenance who made it, of what
 * @param snapshotNow the SCN of the source when the certificate was made; empty where it has none
 * @param startedAt when the migration was begun
 * @param endedAt when its last job ended; empty while one has not, or none was made
 * @param level the deepest comparison made
 * @param booksClosed whether every equation of the laws holds, every count agrees and every sampled
 *     field is equal
 * @param objects what the org has besides what was loaded
 * @param controls sums that people know, from both sides
 * @param whole objects of which every field of every row was compared
 * @param findings what speaks against it, one sentence each; empty when the books close
 * @param notes what a reader should know and what does not speak against it
 */
public record Certificate(
    Provenance provenance,
    String migration,
    String instance,
    String orgId,
    Snapshot snapshot,
    String snapshotNow,
    Instant startedAt,
    Optional<Instant> endedAt,
    Instant madeAt,
    Level level,
    boolean booksClosed,
    List<Table> tables,
    List<OrgObject> objects,
    List<Control> controls,
    List<Whole> whole,
    Quota quota,
    List<String> findings,
    List<String> notes) {
  public Certificate {
    tables = List.copyOf(tables);
    objects = List.copyOf(objects);
    controls = List.copyOf(controls);
    whole = List.copyOf(whole);
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
   * Who made a certificate, of what, and on which machines.
   *
   * @param tool name and version
   * @param build SHA-256 of the program's libraries, see {@link io.initload.Build}; empty where it
   *     does not run from an installed one
   * @param trial how much of the migration was tried; empty for all of it
   * @param configuration SHA-256 of the configuration as it was given, with variables unreplaced;
   *     empty where it was no file
   * @param configurations each that the migration was worked on with, in the order of their first
   *     use, as far as it was noted
   * @param sourceUser who reads the source; empty where the connection itself decides it
   * @param orgUser id of the user who loads
   * @param orgUserName that user's name; empty where the org does not show it
   * @param production whether the org is one, by its own word; empty where it does not say
   * @param hosts that staged files or keep lists of created records, as the ledger has them
   * @param by who had it made, and on which machine
   * @param audit the newest line of the audit log when it was made
   */
  public record Provenance(
      String tool,
      String build,
      String trial,
      String configuration,
      List<Configuration> configurations,
      String source,
      String sourceUser,
      String orgUser,
      String orgUserName,
      Optional<Boolean> production,
      List<String> hosts,
      String by,
      Head audit) {
    public Provenance {
      configurations = List.copyOf(configurations);
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * A configuration that the migration was worked on with.
   *
   * @param digest SHA-256 of its file
   * @param since when it was used first
   * @param host that used it first
   * @param changed settings that the one before had otherwise, as {@code path: before -> after}
   */
  public record Configuration(String digest, Instant since, String host, List<String> changed) {
    public Configuration {
      changed = List.copyOf(changed);
    }
  }

  /**
   * What the org has of an object besides what this migration wrote.
   *
   * @param changed records that the org changed after they were written: no differences
   * @param strangers records that the source does not have
   */
  public record OrgObject(String object, String externalId, Changed changed, Strangers strangers) {}

  /**
   * Records changed since.
   *
   * @param after when the last job of the migration was seen to have ended; empty while one has not
   * @param records with an external id that were changed since then, by whomever; empty when nobody
   *     can say
   * @param sampled compared rows whose record differs by a change after they were written
   * @param first some of both, in no promised order
   */
  public record Changed(
      Optional<Instant> after, OptionalLong records, long sampled, List<ChangedRecord> first) {
    public Changed {
      first = List.copyOf(first);
    }
  }

  /**
   * A record that was changed since it was written.
   *
   * @param at when the org says that it was changed last
   * @param by id of the user who did
   * @param fields that differ from what was sent, where it was compared
   */
  public record ChangedRecord(
      String externalId, String recordId, String at, String by, List<String> fields) {
    public ChangedRecord {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Records that were created since the first row was loaded and that the source does not have.
   *
   * @param records how many; empty when nobody can say
   * @param first external ids of the first of them
   */
  public record Strangers(OptionalLong records, List<String> first) {
    public Strangers {
      first = List.copyOf(first);
    }
  }

  /** What the org's records were compared with. */
  public enum Against {
    /** The digests that were made as rows were staged; all are equal. */
    DIGESTS,
    /** The source as it was at the snapshot. */
    SNAPSHOT,
    /** The source as it is now. */
    NOW
  }

  /**
   * The comparison of every field of every row that was loaded into an object.
   *
   * @param tables the passes whose rows they are
   * @param links whether it is of the lookups that a pass of their own sets
   * @param records of the org that were read
   * @param equal of them, those whose digests are equal
   * @param buckets of keys, whose sums of digests were compared
   * @param differing of them, those that differ
   * @param compared rows in those that were compared field by field
   * @param differences fields of them that differ, and rows that are missing
   * @param changed rows of them whose record was changed after it was written
   */
  public record Whole(
      String object,
      String externalId,
      List<String> tables,
      boolean links,
      long records,
      long equal,
      long buckets,
      long differing,
      long compared,
      long differences,
      long changed,
      Against against) {
    public Whole {
      tables = List.copyOf(tables);
    }

    /** What it came to. */
    public String sentence() {
      if (against != Against.DIGESTS && differing == 0) {
        return "All %,d records are equal in every field%s, by the sums of digests in %,d buckets of keys, which were made anew of the source %s."
            .formatted(records, links ? " that links them" : "", buckets, moment());
      }
      return against == Against.DIGESTS
          ? "All %,d records are equal in every field%s, by the sums of digests in %,d buckets of keys."
              .formatted(records, links ? " that links them" : "", buckets)
          : "%,d of %,d records are equal in every field%s by digests. In %,d of %,d buckets of keys, which differ, %,d rows were compared field by field with the source %s: %,d differences, and %,d rows whose record was changed since."
              .formatted(
                  equal,
                  records,
                  links ? " that links them" : "",
                  differing,
                  buckets,
                  compared,
                  moment(),
                  differences,
                  changed);
    }

    private String moment() {
      return against == Against.SNAPSHOT ? "at the snapshot" : "as it is now";
    }
  }

  /** What comparing the sums of a control came to. */
  public enum Agreement {
    EQUAL,
    DIFFERS,
    /** They differ by something that the certificate names. */
    EXPLAINED,
    /** One side could not be asked, or holds other rows too. */
    NOT_COMPARABLE
  }

  /**
   * Sums of a table by dimensions, side by side.
   *
   * @param table its name in the configuration
   * @param field what is summed up; empty where records are counted alone
   * @param by the dimensions
   * @param why in words, unless they are equal
   * @param lines one for each group, those that differ first
   * @param groups how many there are, if more than are listed
   */
  public record Control(
      String table,
      String name,
      String field,
      List<String> by,
      Agreement agreement,
      String why,
      long groups,
      List<ControlLine> lines) {
    public Control {
      by = List.copyOf(by);
      lines = List.copyOf(lines);
    }
  }

  /**
   * One group.
   *
   * @param group its values, in the order of the dimensions; empty for null
   * @param source sums of the source at the snapshot
   * @param refused of rows that were not loaded
   * @param org sums of the org's records
   */
  public record ControlLine(
      List<String> group, Totals source, Totals refused, Totals org, boolean equal) {
    public ControlLine {
      group = List.copyOf(group);
    }
  }

  /**
   * The sums of one group.
   *
   * @param rows of it
   * @param values of them that have a value in the field
   * @param sum as a decimal number; empty where it is not asked for, as are the two others
   */
  public record Totals(long rows, long values, String sum, String min, String max) {}

  /**
   * The field by field comparison of a table.
   *
   * @param rows rows compared, but for those changed since
   * @param fields fields compared
   * @param differences fields that differ, and rows that are missing
   * @param changed rows whose record was changed after it was written, and differs by that
   * @param against what rows were compared with: the source at the snapshot, or as it is now, where
   *     rows that differ may have been changed in the source and count as not compared
   * @param statement what follows from it, as a sentence; empty where nothing was to be compared
   */
  public record Sample(
      long rows, long fields, long differences, long changed, Against against, String statement) {
    public static final Sample NONE = new Sample(0, 0, 0, 0, Against.SNAPSHOT, "");
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
