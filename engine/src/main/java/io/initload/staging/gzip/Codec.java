package io.initload.staging.gzip;

import io.initload.staging.PartFile;
import java.io.IOException;

/**
 * A streaming compressor of raw deflate data (RFC 1951). The gzip framing is {@link PartFile}'s, so
 * every codec yields single-member output. Immutable and thread-safe; its streams are neither.
 */
public interface Codec {
  /** Name for logs and reports. */
  String name();

  /** Opens a stream; the caller closes it. */
  Stream open();

  /** One running compression. */
  interface Stream extends AutoCloseable {
    /** Compresses; what comes out may lag behind. */
    void write(byte[] bytes, int offset, int length, Output out) throws IOException;

    /** Waits until no byte is on its way to an output that the caller wants to touch itself. */
    default void settle() throws IOException {
      // What is written at once is never on its way.
    }

    /**
     * Brings everything out up to a byte boundary and forgets the past: what follows can be
     * understood without what went before, so that it can be cut off and moved.
     */
    void fullFlush(Output out) throws IOException;

    /** Frees what the stream holds. Nothing more is written. */
    @Override
    void close();
  }

  /** Where compressed bytes go. */
  @FunctionalInterface
  interface Output {
    void write(byte[] bytes, int offset, int length) throws IOException;
  }
}
