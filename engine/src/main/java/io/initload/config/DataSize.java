package io.initload.config;

/**
 * A number of bytes, written {@code 95MB} or {@code 200GB} in the configuration (decimal units: B,
 * KB, MB, GB, TB; and KiB, MiB, GiB, TiB for powers of 1024).
 */
public record DataSize(long bytes) {
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }

  public static DataSize megabytes(long megabytes) {
    return new DataSize(megabytes * 1_000_000);
  }

  public static DataSize gigabytes(long gigabytes) {
    return new DataSize(gigabytes * 1_000_000_000);
  }
}
