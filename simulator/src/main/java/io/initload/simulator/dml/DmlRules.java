package io.initload.simulator.dml;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.initload.simulator.dml.demand.DemandRules;
import io.initload.simulator.dml.demand.DemandRules.Alerts;
import io.initload.simulator.dml.demand.DemandRules.InactiveOwners;
import io.initload.simulator.dml.demand.DemandRules.LoopCode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How rows are judged where Salesforce's behaviour is not confirmed, and what the org's own
 * automation does. Immutable.
 *
 * @param decimals what happens to more decimal places than the field has
 * @param booleans which spellings of a boolean are read
 * @param duplicates which rows fail when a key occurs twice in one transaction
 * @param datetimes what of the second is stored
 * @param recordTypeKey which field may name a record type in a column
 * @param hierarchies lookups to the own object, {@code Object.Field}, that may not lead back
 * @param loops the code of that refusal
 * @param alerts what becomes of a row about which a duplicate rule would ask the user
 * @param inactiveOwners what becomes of a row that gives a record to a user who has left
 * @param details what becomes of the details of records that are deleted
 * @param auditFields whether the user may set audit fields on creation
 * @param auditByUpsert whether the rows of an upsert that create may do so
 * @param columnBase number of the first column in texts that name a column, 0 or 1
 * @param language language of messages
 * @param triggers automation that fails whole transactions
 */
public record DmlRules(
    Decimals decimals,
    Booleans booleans,
    Duplicates duplicates,
    Datetimes datetimes,
    RecordTypeKey recordTypeKey,
    List<String> hierarchies,
    LoopCode loops,
    Alerts alerts,
    InactiveOwners inactiveOwners,
    Details details,
    AuditPermission auditFields,
    AuditByUpsert auditByUpsert,
    int columnBase,
    Language language,
    List<Trigger> triggers) {
  public DmlRules {
    hierarchies = List.copyOf(hierarchies);
    triggers = List.copyOf(triggers);
  }

  /** The best reading of docs/reference/salesforce.md. */
  public static DmlRules defaults() {
    return new DmlRules(
        Decimals.ROUND,
        Booleans.STRICT,
        Duplicates.LATER_ROWS,
        Datetimes.SECONDS,
        RecordTypeKey.NONE,
        List.of("Account.ParentId", "Campaign.ParentId"),
        LoopCode.CIRCULAR_DEPENDENCY,
        Alerts.REFUSED,
        InactiveOwners.REFUSED,
        Details.REMOVED,
        AuditPermission.DENIED,
        AuditByUpsert.CREATED,
        0,
        Language.ENGLISH,
        List.of());
  }

  DemandRules demands() {
    return new DemandRules(hierarchies, loops, alerts, inactiveOwners);
  }

  /** The same rules for a user who saves duplicates all the same. */
  public DmlRules savingDuplicates() {
    return new DmlRules(
        decimals,
        booleans,
        duplicates,
        datetimes,
        recordTypeKey,
        hierarchies,
        loops,
        Alerts.SAVED,
        inactiveOwners,
        details,
        auditFields,
        auditByUpsert,
        columnBase,
        language,
        triggers);
  }

  /** What happens to more decimal places than the field has. */
  public enum Decimals {
    ROUND,
    REJECT
  }

  /** Which spellings of a boolean are read: {@code true false}, or also {@code 1 0 yes no}. */
  public enum Booleans {
    STRICT,
    LENIENT
  }

  /** Which rows fail when a key occurs twice in one transaction. */
  public enum Duplicates {
    LATER_ROWS,
    ALL_ROWS
  }

  /** What is stored of a datetime: whole seconds, or its milliseconds too. */
  public enum Datetimes {
    SECONDS,
    MILLISECONDS
  }

  /** Which field may name a record type in a column such as {@code RecordType.Name}. */
  public enum RecordTypeKey {
    NONE,
    NAME,
    DEVELOPER_NAME
  }

  /** Whether the user has "Set Audit Fields upon Record Creation", in an org that offers it. */
  public enum AuditPermission {
    DENIED,
    GRANTED
  }

  /** What an upsert may do with audit fields: set them where it creates, or nothing. */
  public enum AuditByUpsert {
    CREATED,
    REFUSED
  }

  /** What becomes of the details of records that are deleted. */
  public enum Details {
    REMOVED,
    LEFT
  }

  /** The user's language; codes are the same in all. */
  public enum Language {
    ENGLISH,
    GERMAN
  }

  /**
   * A trigger that throws when a row brings a certain text, which fails the 200 rows of its
   * transaction.
   *
   * @param object API name of the object it is on
   * @param field API name of the field it looks at
   * @param poison text that makes it throw when the value contains it
   */
  public record Trigger(String object, String field, String poison) {
    private static final Pattern WRITTEN = Pattern.compile("(\\w+)\\.(\\w+):(.+)", Pattern.DOTALL);

    /**
     * Reads {@code Object.Field:text}.
     *
     * @throws IllegalArgumentException if it is not that
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Trigger of(String written) {
      Matcher parts = WRITTEN.matcher(written);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "a trigger is Object.Field:text, not '%s'".formatted(written));
      }
      return new Trigger(parts.group(1), parts.group(2), parts.group(3));
    }

    @JsonValue
    @Override
    public String toString() {
      return object + "." + field + ":" + poison;
    }
  }
}
