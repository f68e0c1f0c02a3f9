package io.initload.source.session;

import java.sql.SQLException;

/**
 * Lends sessions to work, and makes failures of what the database throws meanwhile. Safe for
 * several threads.
 */
public final class SessionLender implements AutoCloseable {
  private final SessionPool sessions;
  private final ErrorTranslator errors;

  /** Lends the sessions of a pool, which it closes with itself. */
  public SessionLender(SessionPool sessions, ErrorTranslator errors) {
    this.sessions = sessions;
    this.errors = errors;
  }

  /** What is done with a session. */
  @FunctionalInterface
  public interface Work<T> {
    T in(DatabaseSession session) throws SQLException;
  }

  /** Makes failures of errors of these sessions. */
  public ErrorTranslator errors() {
    return errors;
  }

  /**
   * Lends a session for as long as the work takes.
   *
   * @param doing what is under way, as the end of a sentence
   */
  public <T> T with(String doing, Work<T> work) {
    return given(sessions::take, doing, returning(work));
  }

  /** As {@link #with}, for what the database is silent over. */
  public <T> T patiently(String doing, Work<T> work) {
    return given(sessions::takePatient, doing, returning(work));
  }

  /** Gives a session to what the work makes, which closes it; closed at once where it fails. */
  public <T> T give(String doing, Work<T> work) {
    return given(sessions::take, doing, work);
  }

  /** As {@link #give}, for what the database is silent over. */
  public <T> T givePatiently(String doing, Work<T> work) {
    return given(sessions::takePatient, doing, work);
  }

  private static <T> Work<T> returning(Work<T> work) {
    return session -> {
      T made = work.in(session);
      session.close();
      return made;
    };
  }

  private <T> T given(Taking taking, String doing, Work<T> work) {
    try {
      DatabaseSession session = taking.take();
      try {
        return work.in(session);
      } catch (SQLException | RuntimeException e) {
        session.broken();
        session.close();
        throw e;
      }
    } catch (SQLException e) {
      throw errors.of(doing, e);
    }
  }

  @Override
  public void close() {
    sessions.close();
  }

  @FunctionalInterface
  private interface Taking {
    DatabaseSession take() throws SQLException;
  }
}
