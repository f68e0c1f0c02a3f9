package io.initload.config;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written {@code 95MB} or {@code 200GB} in the configuration (decimal units: B,
 * KB, MB, GB, TB; and KiB, MiB, GiB, TiB for powers of 1024).
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
  private static final Pattern SYNTAX = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([A-Za-z]+)");
  private static final Map<String, Long> UNITS = units();

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative: " + bytes);
    }
  }

  public static DataSize megabytes(long megabytes) {
    return new DataSize(Math.multiplyExact(megabytes, 1_000_000));
  }

  public static DataSize gigabytes(long gigabytes) {
    return new DataSize(Math.multiplyExact(gigabytes, 1_000_000_000));
  }

  /**
   * Reads {@code 95MB}, {@code 1.5 GiB}.
   *
   * @throws IllegalArgumentException with a message that names the units but not the text
   */
  public static DataSize parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "is not a size: write a number and a unit, as 95MB or 200GB (units "
              + String.join(", ", UNITS.keySet())
              + ")");
    }
    try {
      return new DataSize(
          new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("is not a whole number of bytes below 9.2 EB", e);
    }
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** As the configuration would have it: in the largest decimal unit that stays whole. */
  @Override
  public String toString() {
    String name = "B";
    for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
      if (!unit.getKey().contains("i") && bytes > 0 && bytes % unit.getValue() == 0) {
        name = unit.getKey();
      }
    }
    return bytes / UNITS.getOrDefault(name, 1L) + name;
  }

  private static Map<String, Long> units() {
    Map<String, Long> units = new LinkedHashMap<>();
    long decimal = 1;
    for (String name : new String[] {"B", "KB", "MB", "GB", "TB"}) {
      units.put(name, decimal);
      decimal *= 1000;
    }
    long binary = 1024;
    for (String name : new String[] {"KiB", "MiB", "GiB", "TiB"}) {
      units.put(name, binary);
      binary *= 1024;
    }
    return units;
  }
}
