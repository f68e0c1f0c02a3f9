package io.initload.pipeline.extract;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Chooses rows for the field by field comparison by a hash of their external id: the same rows in
 * every run, whatever the order they are read in.
 */
final class Sampler {
  private static final long SPACE = 1L << 32;

  private final long below;

  /**
   * @param wanted rows to choose, about
   * @param rows rows of the table
   */
  Sampler(long wanted, long rows) {
    this.below = rows <= wanted ? SPACE : (long) (SPACE * ((double) wanted / rows));
  }

  boolean takes(String externalId) {
    CRC32C crc = new CRC32C();
    crc.update(externalId.getBytes(StandardCharsets.UTF_8));
    // Spread: neighbouring keys have neighbouring checksums.
    long hash = (crc.getValue() * 0x9E3779B97F4A7C15L) >>> 32;
    return hash < below;
  }
}
