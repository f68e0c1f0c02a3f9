package io.initload.source.session;

import io.initload.Failure.Kind;
import io.initload.Failure.Reach;
import io.initload.source.SourceFailure;
import java.sql.SQLException;

/** Makes a {@link SourceFailure} of what a driver threw. */
public final class ErrorTranslator {
  private final ErrorJudge judge;
  private final String database;

  /**
   * For one database.
   *
   * @param judge knows its errors
   * @param database the database as messages name it: a URL without secrets
   */
  public ErrorTranslator(ErrorJudge judge, String database) {
    this.judge = judge;
    this.database = database;
  }

  /**
   * The failure.
   *
   * @param doing what was under way, as the end of a sentence: {@code reading SALES.ORDERS}
   */
  public SourceFailure of(String doing, SQLException e) {
    Verdict verdict = judge.judge(e);
    String text = String.valueOf(e.getMessage()).strip();
    int line = text.indexOf('\n');
    String first = line < 0 ? text : text.substring(0, line).strip();
    return new SourceFailure(
        verdict.action(),
        reach(verdict),
        kind(verdict),
        verdict.code(),
        "%s, %s: %s (%s).".formatted(database, doing, first, verdict.vendorCode()),
        verdict.remedy(),
        e);
  }

  /** Who may not log in, or reaches nobody, reads no table. */
  private static Reach reach(Verdict verdict) {
    return switch (verdict.code()) {
      case "SOURCE_LOGIN", "SOURCE_UNREACHABLE" -> Reach.RUN;
      default -> Reach.TABLE;
    };
  }

  private static Kind kind(Verdict verdict) {
    return switch (verdict.code()) {
      case "SOURCE_TABLE", "SOURCE_COLUMN" -> Kind.CONFIGURATION;
      case "SOURCE_LOGIN", "SOURCE_UNREACHABLE", "SOURCE_PRIVILEGE" -> Kind.PLATFORM;
      default ->
          switch (verdict.action()) {
            case STOP, ONCE_AGAIN -> Kind.PLATFORM;
            case NEW_SNAPSHOT, NO_ROOM -> Kind.FAILED;
            case READ_AGAIN, SERIALLY, WAIT, FEWER_SESSIONS -> Kind.TRANSIENT;
          };
    };
  }
}
