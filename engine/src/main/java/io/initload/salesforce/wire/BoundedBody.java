package io.initload.salesforce.wire;

import io.initload.salesforce.errors.StrangeAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that is refused, not cut, when it holds more than it may. */
public final class BoundedBody extends FilterInputStream {
  private final long max;
  private long left;

  /**
   * @param max bytes that it may hold
   */
  public BoundedBody(InputStream body, long max) {
    super(body);
    this.max = max;
    this.left = max;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    take(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    take(Math.max(count, 0));
    return count;
  }

  private void take(int count) throws StrangeAnswer {
    left -= count;
    if (left < 0) {
      throw new StrangeAnswer("is larger than %,d bytes".formatted(max));
    }
  }
}
