package io.initload.salesforce.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way. The last piece is only sent when the source has proven to end where
 * it should: a source that turns out to be broken or of another length never makes a whole body on
 * the other side.
 */
final class OutgoingBody extends AbstractHttpEntity {
  private static final int BUFFER = 64 * 1024;

  private final Upload upload;
  private final Progress progress;
  private volatile @Nullable IOException failure;

  OutgoingBody(Upload upload, Progress progress) {
    super((ContentType) null, upload.encoding() == Upload.Encoding.GZIP ? "gzip" : null, false);
    this.upload = upload;
    this.progress = progress;
  }

  /** Why the source could not be read. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void writeTo(OutputStream wire) throws IOException {
    byte[] held = new byte[BUFFER];
    byte[] next = new byte[BUFFER];
    long total = 0;
    try (InputStream source = open()) {
      int holding = fill(source, held);
      while (holding > 0) {
        total += holding;
        int following = fill(source, next);
        if (following == 0 || total + following > upload.length()) {
          check(total + following);
        }
        wire.write(held, 0, holding);
        progress.bytes.addAndGet(holding);
        byte[] free = held;
        held = next;
        next = free;
        holding = following;
      }
    }
  }

  private InputStream open() throws IOException {
    try {
      return upload.open();
    } catch (IOException e) {
      throw kept(e);
    }
  }

  private int fill(InputStream source, byte[] buffer) throws IOException {
    try {
      return source.readNBytes(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw kept(e);
    }
  }

  private void check(long total) throws IOException {
    if (total != upload.length()) {
      throw kept(
          new IOException(
              "it holds %s than the announced %d bytes"
                  .formatted(total > upload.length() ? "more" : "fewer", upload.length())));
    }
  }

  private IOException kept(IOException e) {
    failure = e;
    return e;
  }

  @Override
  public long getContentLength() {
    return upload.length();
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public InputStream getContent() throws IOException {
    return open();
  }

  @Override
  public void close() {
    // every stream is closed where it is opened
  }
}
