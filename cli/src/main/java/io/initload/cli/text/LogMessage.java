package io.initload.cli.text;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The message of a line of the log, which stays one line; named by {@link LogForm}. */
public final class LogMessage extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return Printable.line(super.convert(event));
  }
}
