package io.initload.cli.metrics;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * What OpenTelemetry has to say, which it says by {@code java.util.logging}, as lines of our log:
 * warnings, each without the way it came, since what fails is a collector elsewhere.
 */
final class SdkLog extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SdkLog.class);

  /** Held, since settings of a logger that nobody holds are forgotten. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private SdkLog() {}

  static synchronized void install() {
    if (SDK.getHandlers().length == 0) {
      SDK.setUseParentHandlers(false);
      SDK.addHandler(new SdkLog());
    }
  }

  @Override
  public void publish(LogRecord told) {
    if (told.getLevel().intValue() >= Level.WARNING.intValue()) {
      Throwable cause = told.getThrown();
      String why = cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")";
      LOG.warn("Metrics: {}{}", told.getMessage(), why);
    }
  }

  @Override
  public void flush() {
    // Nothing is kept back.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
