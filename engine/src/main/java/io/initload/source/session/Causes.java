package io.initload.source.session;

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
}
