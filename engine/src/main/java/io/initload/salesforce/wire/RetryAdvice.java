package io.initload.salesforce.wire;

import io.initload.salesforce.errors.OrgException;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether and when a call that failed is made again, and what a broken transfer is called. */
final class RetryAdvice {
  private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(RetryAdvice.class);

  private RetryAdvice() {}

  /** The wait that was asked for when the failure may pass; empty when it will not. */
  static Optional<Duration> mayPass(RuntimeException failure) {
    return failure instanceof OrgException.Unavailable unavailable
        ? Optional.of(unavailable.retryAfter())
        : Optional.empty();
  }

  /** The wait an answer asks for, bounded; zero when it asks for none. */
  static Duration retryAfter(Wire.Answer answer, Clock clock) {
    String text = answer.header("retry-after").map(String::strip).orElse("");
    Duration wait = Duration.ZERO;
    if (text.matches("\\d{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(text));
    } else if (!text.isEmpty()) {
      try {
        wait =
            Duration.between(
                clock.instant(),
                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      } catch (DateTimeException notADate) {
        LOG.debug("Retry-After is neither seconds nor a date");
      }
    }
    return wait.isNegative()
        ? Duration.ZERO
        : wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait;
  }

  /** What a transfer error says, without a stack trace. */
  static String words(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
