package io.initload.cli.console;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One browser that listens. What it has not taken yet when the next event comes, it never gets: it
 * is shown how things are, not how they were, and however slow it is nobody waits for it. Safe for
 * several threads.
 */
final class EventStream implements Callback {
  private final Response response;
  private final Callback done;
  private final Consumer<EventStream> gone;
  private @Nullable ByteBuffer next;
  private boolean writing;
  private boolean ended;

  /**
   * @param done ends the exchange
   * @param gone told once, when nobody listens any more
   */
  EventStream(Response response, Callback done, Consumer<EventStream> gone) {
    this.response = response;
    this.done = done;
    this.gone = gone;
  }

  /** Sends an event, soon. */
  synchronized void send(String event, String line) {
    String frame = "event: " + event + "\ndata: " + line + "\n\n";
    next = ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8));
    if (!writing) {
      write();
    }
  }

  private synchronized void write() {
    ByteBuffer frame = next;
    if (frame != null && !ended) {
      next = null;
      writing = true;
      response.write(false, frame, this);
    }
  }

  /** A frame was taken. */
  @Override
  public synchronized void succeeded() {
    writing = false;
    write();
  }

  /** The browser is gone. */
  @Override
  public void failed(Throwable cause) {
    if (end()) {
      gone.accept(this);
      done.failed(cause);
    }
  }

  /** Ends it from this side. */
  void close() {
    if (end()) {
      done.succeeded();
    }
  }

  private synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
