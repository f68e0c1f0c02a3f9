package io.initload.source.session;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** What stands behind an exception of a driver. */
public final class Causes {
  private Causes() {}

  /** Whether something below it is of that type; a driver's own class tells little. */
  public static boolean any(Throwable e, Class<? extends Throwable> type) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What a driver throws where it stumbles over the answers of a line that broke: a lost connection
   * as any other.
   */
  public static SQLException stumbled(RuntimeException e) {
    return new SQLRecoverableException("the driver stumbled: " + e, "08006", e);
  }

  /**
   * Whether the two sides did not come to terms on TLS, which another try does not mend. A
   * handshake during which the connection broke is passing trouble.
   */
  public static boolean tlsHandshake(Throwable e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLHandshakeException || answersPlainly(cause)) {
        return !any(cause, EOFException.class)
            && !any(cause, SocketException.class)
            && !any(cause, SocketTimeoutException.class);
      }
    }
    return false;
  }

  /** No class tells it; the text is the JDK's and in no other language. */
  private static boolean answersPlainly(Throwable cause) {
    return cause instanceof SSLException
        && String.valueOf(cause.getMessage()).contains("recognized SSL message");
  }
}
