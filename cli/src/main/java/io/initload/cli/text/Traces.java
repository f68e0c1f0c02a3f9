package io.initload.cli.text;

import ch.qos.logback.classic.pattern.ExtendedThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stack traces whose messages stay one line each, whatever they quote; named by {@link LogForm}.
 */
public final class Traces extends ExtendedThrowableProxyConverter {
  @Override
  protected String throwableProxyToString(IThrowableProxy fault) {
    return super.throwableProxyToString(new OneLine(fault));
  }

  /** The lines that a log would have of it. */
  static String of(Throwable fault) {
    Traces traces = new Traces();
    traces.start();
    return traces.throwableProxyToString(new ThrowableProxy(fault));
  }

  private record OneLine(IThrowableProxy fault) implements IThrowableProxy {
    @Override
    public @Nullable String getMessage() {
      String message = fault.getMessage();
      return message == null ? null : Printable.line(message);
    }

    @Override
    public @Nullable String getOverridingMessage() {
      String message = fault.getOverridingMessage();
      return message == null ? null : Printable.line(message);
    }

    @Override
    public String getClassName() {
      return fault.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
      return fault.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
      return fault.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
      IThrowableProxy cause = fault.getCause();
      return cause == null ? null : new OneLine(cause);
    }

    @Override
    public IThrowableProxy @Nullable [] getSuppressed() {
      IThrowableProxy[] all = fault.getSuppressed();
      return all == null
          ? null
          : Arrays.stream(all).map(OneLine::new).toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
      return fault.isCyclic();
    }
  }
}
