package io.initload.mapping.canonical;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The order in which rows are taken for the comparison field by field: by a hash of their external
 * id, so that it is the same in every run, whatever the order they are read in.
 */
public final class SampleOrder {
  /** Places are below it. */
  public static final long SPACE = 1L << 32;

  private SampleOrder() {}

  /** The place of a row, by its external id in canonical form. */
  public static long place(String externalId) {
    CRC32C crc = new CRC32C();
    crc.update(externalId.getBytes(StandardCharsets.UTF_8));
    // Spread: neighbouring keys have neighbouring checksums.
    return (crc.getValue() * 0x9E3779B97F4A7C15L) >>> 32;
  }
}
