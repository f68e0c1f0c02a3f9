package io.initload.evidence;

import io.initload.evidence.Assumption.Side;
import java.util.List;

/**
 * The one list of what is checked: {@code validate} looks at what a migration needs, {@code doctor}
 * at everything. What an org answers to single requests is data of the simulator's.
 */
public final class Assumptions {
  public static final Assumption SETTINGS =
      needed(
          "source.settings",
          Side.SOURCE,
          "The database hands out what it stores, and its letters as they were meant.",
          "docs/reference/oracle.md, \"Session settings\"");
  public static final Assumption TABLE =
      needed(
          "source.table",
          Side.SOURCE,
          "The user may read the table at the moment that is asked for, and sees all of its rows.",
          "docs/reference/oracle.md, \"Privileges\"");
  public static final Assumption MAPPING =
      needed(
          "mapping",
          Side.ORG,
          "The mapped columns and fields are there, and fields take what columns hold.",
          "docs/reference/salesforce.md, \"Describe\"");
  public static final Assumption ORDER =
      needed(
          "order",
          Side.ORG,
          "Tables can be loaded in an order in which parents are there before their children.",
          "docs/reference/salesforce.md, \"CSV and values\"");
  public static final Assumption UNDO =
      needed(
          "source.undo",
          Side.SOURCE,
          "A snapshot can be read for as long as the migration reads.",
          "docs/reference/oracle.md, \"Undo\"");

  public static final Assumption CHARACTERS =
      looked(
          "source.characters",
          Side.SOURCE,
          "The database's character sets have a place in Unicode for each of their letters.",
          "docs/reference/oracle.md, \"Text\"");
  public static final Assumption MOMENT =
      looked(
          "source.moment",
          Side.SOURCE,
          "The user may ask for the moment to read at, and all sessions can read at it.",
          "docs/reference/oracle.md, \"Getting an SCN\"");
  public static final Assumption HELPS =
      looked(
          "source.privileges",
          Side.SOURCE,
          "What only helps to plan can be done without.",
          "docs/reference/oracle.md, \"Privileges\"");
  public static final Assumption ZONES =
      looked(
          "source.zones",
          Side.SOURCE,
          "Times of the source's zone are the same instants by its time zone files as by ours.",
          "docs/reference/oracle.md, \"Dates on the wire\"");
  public static final Assumption SNAPSHOT =
      looked(
          "source.snapshot",
          Side.SOURCE,
          "Rows read at a snapshot stay the same while others write.",
          "docs/reference/oracle.md, \"Flashback query\"");
  public static final Assumption VALUES =
      looked(
          "source.values",
          Side.SOURCE,
          "Values are decoded to what the database's own text of them says.",
          "docs/reference/oracle.md, \"Types\"");
  public static final Assumption ADDRESSES =
      looked(
          "source.addresses",
          Side.SOURCE,
          "The database sorts addresses of rows as the numbers that they stand for.",
          "docs/reference/oracle.md, \"ROWID ranges\"");
  public static final Assumption COUNTS =
      looked(
          "source.counts",
          Side.SOURCE,
          "As many rows are read as are counted, at one moment.",
          "docs/reference/oracle.md, \"Flashback query\"");

  public static final Assumption OBJECT =
      looked(
          "org.object",
          Side.ORG,
          "The loading user sees the object, and may create and edit its records.",
          "docs/reference/salesforce.md, \"Describe\"");
  public static final Assumption KEY =
      looked(
          "org.key",
          Side.ORG,
          "The external id is marked as External ID and Unique.",
          "docs/reference/salesforce.md, \"Describe\"");
  public static final Assumption LIMITS =
      looked(
          "org.limits",
          Side.ORG,
          "The org reports its allowances, and they are not below those of the configuration.",
          "docs/reference/salesforce.md, \"Reported limits\"");
  public static final Assumption COUNT =
      looked(
          "org.count",
          Side.ORG,
          "The org counts the records of the object in one query, without QUERY_TIMEOUT.",
          "docs/reference/salesforce.md, \"REST query and counts\"");
  public static final Assumption FIND =
      looked(
          "org.find",
          Side.ORG,
          "The org finds a record by its external id at once.",
          "docs/reference/salesforce.md, \"REST query and counts\"");
  public static final Assumption CLOCK =
      looked(
          "org.clock",
          Side.ORG,
          "The clocks of the org and of this machine agree, so that signed logins are taken.",
          "docs/reference/salesforce.md, \"Logging in\"");
  public static final Assumption ANSWERS =
      looked(
          "org.answers",
          Side.ORG,
          "The org answers as the simulated one does, to all that can be asked of any org.",
          "docs/reference/salesforce.md, \"Unconfirmed\"");

  /** All of them. */
  public static final List<Assumption> ALL =
      List.of(
          SETTINGS,
          TABLE,
          MAPPING,
          ORDER,
          UNDO,
          CHARACTERS,
          MOMENT,
          HELPS,
          ZONES,
          SNAPSHOT,
          VALUES,
          ADDRESSES,
          COUNTS,
          OBJECT,
          KEY,
          LIMITS,
          COUNT,
          FIND,
          CLOCK,
          ANSWERS);

  private Assumptions() {}

  /**
   * One of the org's answers.
   *
   * @param name of it among them
   */
  public static Assumption answer(String name, String text, String source) {
    return looked(ANSWERS.name() + "." + name, Side.ORG, text, source);
  }

  private static Assumption needed(String name, Side side, String text, String source) {
    return new Assumption(name, side, true, text, source);
  }

  private static Assumption looked(String name, Side side, String text, String source) {
    return new Assumption(name, side, false, text, source);
  }
}
