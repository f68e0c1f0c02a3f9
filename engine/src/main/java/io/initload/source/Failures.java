package io.initload.source;

import io.initload.Failure.Kind;
import io.initload.Failure.Reach;
import java.sql.SQLException;

/** Makes a {@link SourceFailure} of what a driver threw. */
final class Failures {
  private final Dialect dialect;
  private final String database;

  /**
   * @param database the database as messages name it: a URL without secrets
   */
  Failures(Dialect dialect, String database) {
    this.dialect = dialect;
    this.database = database;
  }

  /**
   * @param doing what was under way, as the end of a sentence: {@code reading SALES.ORDERS}
   */
  SourceFailure of(String doing, SQLException e) {
    Dialect.Verdict verdict = dialect.judge(e);
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
  private static Reach reach(Dialect.Verdict verdict) {
    return switch (verdict.code()) {
      case "SOURCE_LOGIN", "SOURCE_UNREACHABLE" -> Reach.RUN;
      default -> Reach.TABLE;
    };
  }

  private static Kind kind(Dialect.Verdict verdict) {
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

  /** The URL without anything that may be a secret. */
  static String shown(String url) {
    String shown =
        url.replaceAll("(?i)//[^/@]*:[^/@]*@", "//").replaceAll("(?i):thin:[^@]+@", ":thin:@");
    return shown.replaceAll("(?i)(password|pwd|user)=[^;&)]*", "$1=***");
  }
}
