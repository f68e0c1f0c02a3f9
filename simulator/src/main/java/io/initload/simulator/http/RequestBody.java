package io.initload.simulator.http;

import io.initload.simulator.model.OrgException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The body of a request, read once. For the thread of the request. */
public final class RequestBody {
  private static final int SMALL_MAX = 8 << 20;

  private final Counting raw;
  private final String encoding;

  public RequestBody(InputStream raw, String contentEncoding) {
    this.raw = new Counting(raw);
    this.encoding = contentEncoding.strip().toLowerCase(Locale.ROOT);
  }

  private static final class Counting extends FilterInputStream {
    private long bytes;
    private boolean broken;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      bytes += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      try {
        int n = super.read(into, at, length);
        bytes += Math.max(0, n);
        return n;
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    }
  }

  /** Bytes that came over the wire so far. */
  public long bytesRead() {
    return raw.bytes;
  }

  /** Whether the connection broke while the body was read. */
  public boolean brokenOff() {
    return raw.broken;
  }

  public boolean gzip() {
    return encoding.equals("gzip") || encoding.equals("x-gzip");
  }

  /** The bytes as they come over the wire. */
  public InputStream raw() {
    return raw;
  }

  /** The bytes without their content encoding. */
  public InputStream decoded() throws IOException {
    if (gzip()) {
      try {
        return new GZIPInputStream(raw, 1 << 16);
      } catch (ZipException | java.io.EOFException e) {
        throw invalidGzip();
      }
    }
    if (encoding.equals("deflate")) {
      return new InflaterInputStream(raw);
    }
    if (!encoding.isEmpty() && !encoding.equals("identity")) {
      throw new OrgException(
          OrgException.Kind.UNSUPPORTED_MEDIA,
          "UNSUPPORTED_MEDIA_TYPE",
          "Content encoding not supported: " + encoding);
    }
    return raw;
  }

  /** All of a small body, decompressed. */
  byte[] small() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = decoded()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
        if (all.size() > SMALL_MAX) {
          throw new OrgException(
              OrgException.Kind.TOO_LARGE,
              "REQUEST_TOO_LARGE",
              "The request body is larger than " + SMALL_MAX + " bytes");
        }
      }
    } catch (ZipException e) {
      throw invalidGzip();
    } catch (java.io.EOFException e) {
      if (gzip() && !brokenOff()) {
        throw invalidGzip();
      }
      throw e;
    }
    return all.toByteArray();
  }

  /**
   * The text Salesforce has for it, with its spelling (docs/reference/salesforce.md,
   * "Compression").
   */
  public static OrgException invalidGzip() {
    return OrgException.bad(
        "UNKNOWN_EXCEPTION",
        "The Content-Encoding of the message specifices GZIP, but the data is not in valid GZIP"
            + " format");
  }
}
