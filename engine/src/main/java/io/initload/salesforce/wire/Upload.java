package io.initload.salesforce.wire;

import io.initload.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The body of a request: bytes that can be opened again from the start as often as a call has to be
 * repeated, and never lie in memory as a whole when they come from a file. Immutable and safe for
 * several threads; whoever opens it closes the stream.
 */
public final class Upload {
  /** How the bytes are wrapped on the wire. */
  public enum Encoding {
    IDENTITY,
    GZIP
  }

  /** No body. */
  public static final Upload NONE =
      new Upload(() -> InputStream.nullInputStream(), 0, Encoding.IDENTITY);

  private static final int BUFFER = 64 * 1024;

  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  private final Source source;
  private final long length;
  private final Encoding encoding;

  private Upload(Source source, long length, Encoding encoding) {
    this.source = source;
    this.length = length;
    this.encoding = encoding;
  }

  /** The text in UTF-8. */
  public static Upload text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8), Encoding.IDENTITY);
  }

  /** A text that travels compressed, and says so. */
  public static Upload packed(String text) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes(packed.toByteArray(), Encoding.GZIP);
  }

  /** These bytes, which the caller does not change any more. */
  public static Upload bytes(byte[] bytes, Encoding encoding) {
    return new Upload(() -> new ByteArrayInputStream(bytes), bytes.length, encoding);
  }

  /** The file as it lies there, uncompressed CSV. */
  public static Upload plain(Path file) throws IOException {
    return new Upload(() -> Files.newInputStream(file), Files.size(file), Encoding.IDENTITY);
  }

  /**
   * The gzip file as it lies there, announced as gzip.
   *
   * @param sha256 of the file; another one fails the upload before its last bytes are sent
   */
  public static Upload gzip(Path file, String sha256) throws IOException {
    return new Upload(
        () -> {
          DigestInputStream raw = digested(file);
          return new SealedContent(raw, raw, sha256);
        },
        Files.size(file),
        Encoding.GZIP);
  }

  /**
   * The content of a gzip file, inflated while it is sent.
   *
   * @param bytes length of the content, which is announced; a file that holds more or less fails
   *     the upload
   * @param sha256 as in {@link #gzip}
   */
  public static Upload inflated(Path file, long bytes, String sha256) {
    return new Upload(() -> inflate(file, sha256), bytes, Encoding.IDENTITY);
  }

  private static DigestInputStream digested(Path file) throws IOException {
    return new DigestInputStream(Files.newInputStream(file), Sha256.digest());
  }

  private static InputStream inflate(Path file, String sha256) throws IOException {
    DigestInputStream raw = digested(file);
    try {
      return new SealedContent(new GZIPInputStream(raw, BUFFER), raw, sha256);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** A new stream from the first byte. */
  public InputStream open() throws IOException {
    return source.open();
  }

  /** Bytes that go over the wire. */
  public long length() {
    return length;
  }

  public Encoding encoding() {
    return encoding;
  }
}
