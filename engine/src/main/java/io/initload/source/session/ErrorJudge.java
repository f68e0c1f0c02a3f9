package io.initload.source.session;

import java.sql.SQLException;

/** Knows what the errors of one kind of database mean. Stateless and safe for several threads. */
@FunctionalInterface
public interface ErrorJudge {
  /** What an error means. */
  Verdict judge(SQLException e);
}
