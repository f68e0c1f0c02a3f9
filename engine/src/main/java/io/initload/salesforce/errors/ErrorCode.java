package io.initload.salesforce.errors;

import io.initload.codes.CodeEntry;
import io.initload.codes.ErrorScope;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of the tables in {@link ErrorCodes}.
 *
 * @param code as the org writes it
 * @param text what the message must contain for this entry to count; empty for any. Codes that mean
 *     different things are told apart by it (messages are localised, so the entry without text must
 *     be a safe reading)
 * @param errorClass decides over retry and dead letter
 * @param reach whether the others go on
 * @param trait what else matters
 * @param data where the message quotes data of the row: the first group is masked in logs. Empty
 *     when the message of this code never holds data
 * @param meaning one sentence
 * @param remedy one sentence
 */
public record ErrorCode(
    String code,
    String text,
    ErrorClass errorClass,
    ErrorScope reach,
    Trait trait,
    Quotes data,
    String meaning,
    String remedy) {

  /** What a code says beside its class. */
  public enum Trait {
    NONE,
    /** Two jobs wanted one record: fewer jobs at once help. */
    LOCK
  }

  /** Whether and where messages of a code quote the row. */
  public sealed interface Quotes {
    /** Never. */
    record Nothing() implements Quotes {}

    /** In the first group of the pattern, or anywhere when the pattern does not match. */
    record Group(Pattern pattern) implements Quotes {}

    /** Perhaps anywhere: the text is somebody else's. */
    record Anything() implements Quotes {}

    /** As the tables write it. */
    private static Quotes of(String written) {
      return switch (written) {
        case "" -> new Nothing();
        case "anywhere" -> new Anything();
        default -> new Group(Pattern.compile(written));
      };
    }
  }

  private static final String WITHHELD = "(message withheld: it may hold data)";

  static ErrorCode of(CodeEntry entry) {
    return new ErrorCode(
        entry.codes().isEmpty() ? "" : entry.codes().get(0),
        entry.text(),
        ErrorClass.valueOf(entry.kind()),
        entry.reach(),
        entry.trait().isEmpty() ? Trait.NONE : Trait.valueOf(entry.trait()),
        Quotes.of(entry.quotes()),
        entry.meaning(),
        entry.remedy());
  }

  /** Whether going on is pointless. */
  public boolean stopsRun() {
    return reach == ErrorScope.RUN;
  }

  /** Whether the error came from a lock. */
  public boolean isLock() {
    return trait == Trait.LOCK;
  }

  /** The message as it may appear in a log: without values of the row. */
  String withoutData(String message) {
    if (data instanceof Quotes.Nothing) {
      return message;
    }
    if (data instanceof Quotes.Group quotes) {
      Matcher matcher = quotes.pattern().matcher(message);
      if (matcher.find()) {
        return message.substring(0, matcher.start(1)) + "***" + message.substring(matcher.end(1));
      }
    }
    return WITHHELD;
  }
}
