package io.initload.salesforce.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;

/**
 * What is read of a file whose SHA-256 is known: its end is told only where it is that file, so
 * that one which is changed while it is sent is not sent whole. Not thread-safe.
 */
final class SealedContent extends FilterInputStream {
  private final DigestInputStream raw;
  private final String sha256;
  private boolean proven;

  /**
   * @param content of the file, read from {@code raw}, or {@code raw} itself
   * @param raw the file from its first byte on
   */
  SealedContent(InputStream content, DigestInputStream raw, String sha256) {
    super(content);
    this.raw = raw;
    this.sha256 = sha256;
  }

  @Override
  public int read() throws IOException {
    return proven(super.read());
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return proven(super.read(buffer, offset, length));
  }

  private int proven(int read) throws IOException {
    if (read < 0 && !proven) {
      raw.transferTo(OutputStream.nullOutputStream());
      String found = HexFormat.of().formatHex(raw.getMessageDigest().digest());
      if (!found.equals(sha256)) {
        throw new IOException("its SHA-256 is not the one it was sealed with");
      }
      proven = true;
    }
    return read;
  }
}
