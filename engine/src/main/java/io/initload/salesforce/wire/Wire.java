package io.initload.salesforce.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * One HTTP exchange, without any notion of sessions, errors or retries. The seam at which a run in
 * virtual time takes the place of sockets. Safe for several threads.
 */
public interface Wire extends AutoCloseable {
  /**
   * Sends the request and gives the answer, whatever its status, to the receiver; the answer is
   * closed when the receiver is done. An interrupt ends the exchange wherever it is.
   *
   * @throws UnsentException when the request certainly did not reach the other side
   * @throws UnreadableUploadException when the request's own body could not be read
   * @throws IOException when the other side may have got all, a part or nothing of it
   */
  <T> T exchange(Request request, Receiver<T> receiver) throws IOException, InterruptedException;

  @Override
  void close();

  /** Takes an answer; perhaps on another thread than the one that asked, which waits for it. */
  @FunctionalInterface
  interface Receiver<T> {
    T take(Answer answer) throws IOException;
  }

  /**
   * A request. {@code Content-Length}, {@code Content-Encoding} and {@code Expect} follow from the
   * body.
   */
  record Request(String method, URI uri, Map<String, String> headers, Upload body) {
    public Request {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * An answer.
   *
   * @param headers by names in lower case
   * @param raw the body as it comes, perhaps gzip; fails when it ends before its announced end
   */
  record Answer(int status, Map<String, List<String>> headers, InputStream raw) {

    /** The first value of a header, by its name in lower case. */
    public Optional<String> header(String name) {
      List<String> values = headers.getOrDefault(name, List.of());
      return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** The body, inflated when it is gzip; fails when the gzip trailer is missing or wrong. */
    public InputStream body() throws IOException {
      String encoding = header("content-encoding").orElse("").strip().toLowerCase(Locale.ROOT);
      boolean gzip = encoding.equals("gzip") || encoding.equals("x-gzip");
      // What is announced as empty is no gzip, whatever its header says.
      return gzip && !header("content-length").orElse("").strip().equals("0")
          ? new GZIPInputStream(new NeverDry(raw), 64 * 1024)
          : raw;
    }

    /** To be called when {@link #body()} is read: fails unless the transfer ended well. */
    public void checkEnd() throws IOException {
      if (raw.read() >= 0) {
        throw new IOException("the answer goes on after its end");
      }
    }
  }

  /** The request did not leave this machine, or nobody listened. */
  final class UnsentException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnsentException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** The body of the request could not be read on this side; the other side has not got all. */
  final class UnreadableUploadException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableUploadException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Says that more may come until the end has been read: the gzip reader asks {@code available()}
   * to decide whether another member follows, and must then read the end of the body itself, which
   * proves that the transfer ended well.
   */
  final class NeverDry extends FilterInputStream {
    private NeverDry(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }
  }
}
