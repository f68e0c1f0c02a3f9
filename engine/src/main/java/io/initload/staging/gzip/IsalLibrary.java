package io.initload.staging.gzip;

import java.nio.ByteBuffer;

/**
 * The two functions of ISA-L that are called, and memory they may touch, by the way that the JDK
 * has into native code. Addresses are plain numbers: on the 64-bit machines it is used on, they
 * travel as pointers do. Thread-safe; what is allocated is not.
 */
interface IsalLibrary {
  /** The way into native code, for logs. */
  String way();

  /** {@code isal_deflate_init}: resets the {@code isal_zstream} at this address. */
  void init(long stream);

  /** {@code isal_deflate}: goes on with the stream; 0 when all is well. */
  int deflate(long stream);

  /** Memory outside the heap, all zero; the caller closes it. */
  Block allocate(int bytes);

  /** A block of memory. */
  interface Block extends AutoCloseable {
    long address();

    /** A window on it, in the machine's byte order. */
    ByteBuffer bytes(int from, int length);

    @Override
    void close();
  }
}
