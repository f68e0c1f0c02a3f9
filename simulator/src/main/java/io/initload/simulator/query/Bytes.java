package io.initload.simulator.query;

import java.io.ByteArrayOutputStream;

/** A row being printed; its array can be read in place. For one thread. */
public final class Bytes extends ByteArrayOutputStream {
  private static final int USUAL_BYTES = 512;

  public Bytes() {
    super(USUAL_BYTES);
  }

  /** The bytes, from 0 to {@link #size}; changes with the next write. */
  public byte[] array() {
    return buf;
  }
}
