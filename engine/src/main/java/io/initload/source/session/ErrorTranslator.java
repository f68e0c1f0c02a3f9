package io.initload.source.session;

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
        verdict.reach(),
        verdict.kind(),
        verdict.code(),
        "%s, %s: %s (%s).".formatted(database, doing, first, verdict.vendorCode()),
        verdict.remedy(),
        e);
  }
}
