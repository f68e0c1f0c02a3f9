package io.initload.salesforce.errors;

import static io.initload.salesforce.errors.ErrorClass.CONFIGURATION;
import static io.initload.salesforce.errors.ErrorClass.PLATFORM;
import static io.initload.salesforce.errors.ErrorClass.TRANSIENT;

import io.initload.salesforce.errors.ErrorCode.Quotes;
import io.initload.salesforce.errors.ErrorCode.Trait;
import java.util.List;

/** Errors that end a whole job (docs/reference/salesforce.md, "Job errors"). */
final class JobErrorTable {
  private static final Quotes NOTHING = new Quotes.Nothing();
  private static final Quotes ANYTHING = new Quotes.Anything();

  static final List<ErrorCode> ENTRIES =
      List.of(
          new ErrorCode(
              "InvalidBatch",
              "Field name not found",
              CONFIGURATION,
              Trait.NONE,
              NOTHING,
              "The header names a field that does not exist or is not visible to the loading user.",
              "Mend the mapping or grant the field; nothing of the job was loaded."),
          new ErrorCode(
              "ClientInputError",
              "LineEnding",
              CONFIGURATION,
              Trait.NONE,
              NOTHING,
              "The line ends are not as announced, or the org did not unpack compressed data.",
              "Set target.compression: identity and run the same command again; nothing of the job was loaded."),
          new ErrorCode(
              "InvalidBatch",
              "",
              CONFIGURATION,
              Trait.NONE,
              ANYTHING,
              "The data of the job is not what the org can read.",
              "Read the message; nothing of the batch was loaded."),
          new ErrorCode(
              "ClientInputError",
              "",
              CONFIGURATION,
              Trait.NONE,
              ANYTHING,
              "The data of the job is not what the org can read.",
              "Read the message; nothing of the batch was loaded."),
          new ErrorCode(
              "TooManyLockFailure",
              "",
              TRANSIENT,
              Trait.LOCK,
              NOTHING,
              "The job met too many locks.",
              "Nothing: what it left is loaded again; order the table by its parent or set concurrency: 1 if it comes back."),
          new ErrorCode(
              "Timeout",
              "",
              TRANSIENT,
              Trait.NONE,
              NOTHING,
              "A batch ran out of time.",
              "Nothing: what it left is loaded again."),
          new ErrorCode(
              "InternalServerError",
              "",
              TRANSIENT,
              Trait.NONE,
              ANYTHING,
              "An internal error of Salesforce.",
              "Nothing: what it left is loaded again."),
          new ErrorCode(
              "Unknown",
              "",
              TRANSIENT,
              Trait.NONE,
              ANYTHING,
              "An internal error of Salesforce.",
              "Nothing: what it left is loaded again."),
          new ErrorCode(
              "",
              "retried more than",
              TRANSIENT,
              Trait.NONE,
              ANYTHING,
              "A batch failed too often.",
              "Nothing: what it left is loaded again."),
          new ErrorCode(
              "ExceededQuota",
              "",
              PLATFORM,
              Trait.NONE,
              NOTHING,
              "The org's daily allowance of batches or rows is used up.",
              "Nothing: what it left is loaded again when the rolling day has room."),
          new ErrorCode(
              "InvalidSessionId",
              "",
              TRANSIENT,
              Trait.NONE,
              NOTHING,
              "The session ended while the job was read.",
              "Nothing: what it left is loaded again."),
          new ErrorCode(
              "InvalidEntity",
              "",
              CONFIGURATION,
              Trait.NONE,
              NOTHING,
              "The object cannot be loaded in bulk.",
              "Leave the table out or load it by other means."),
          new ErrorCode(
              "InvalidUser",
              "",
              CONFIGURATION,
              Trait.NONE,
              NOTHING,
              "The user may not run jobs.",
              "Grant the loading user the API permissions."),
          new ErrorCode(
              "FeatureNotEnabled",
              "",
              CONFIGURATION,
              Trait.NONE,
              NOTHING,
              "The org has no Bulk API.",
              "Enable it."),
          new ErrorCode(
              "TransactionSecurityBlock",
              "",
              CONFIGURATION,
              Trait.NONE,
              NOTHING,
              "A transaction security policy of the org blocked the job.",
              "Exempt the loading user from the policy."));

  private JobErrorTable() {}
}
