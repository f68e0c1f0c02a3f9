package io.initload.simulator.bulk.query;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Places in a query job's results as clients see them: {@code MTAwMDA} is row 10,000. */
final class QueryLocator {
  /** After the last page. */
  static final String END = "null";

  private QueryLocator() {}

  static String of(long offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Long.toString(offset).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The row a locator means; empty is the first. Refuses what was not given out for so many rows.
   */
  static long offset(String locator, long rows) {
    if (locator.isEmpty() || locator.equals(END)) {
      return 0;
    }
    try {
      byte[] digits = Base64.getUrlDecoder().decode(locator);
      long offset = Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
      if (offset == 0 || (offset > 0 && offset < rows)) {
        return offset;
      }
    } catch (IllegalArgumentException e) {
      throw QueryErrors.badLocator(locator);
    }
    throw QueryErrors.badLocator(locator);
  }
}
