package io.initload;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Moments as people read them, on a terminal, in a mail, on a page: in their zone, which stands
 * behind each. What programs read (JSON, logs, the ledger) stays in UTC, as {@link Instant} writes
 * it.
 *
 * @param zone in which they are read
 */
public record Times(ZoneId zone) {
  /** Names the user's zone where the process itself runs in another one, as the launcher has it. */
  private static final String ZONE = "initload.zone";

  private static final DateTimeFormatter PAGE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss ", Locale.ENGLISH);

  private static final Pattern MOMENT =
      Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");

  /** In the zone of whoever started this process. */
  public static Times ofUser() {
    try {
      return new Times(ZoneId.of(System.getProperty(ZONE, "")));
    } catch (DateTimeException e) {
      // A name that Java does not know, or none.
      return new Times(ZoneId.systemDefault());
    }
  }

  /** For a line of text: {@code 2026-11-30T11:18:56+01:00}, to the second. */
  public String text(Instant moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        moment.truncatedTo(ChronoUnit.SECONDS).atZone(zone).toOffsetDateTime());
  }

  /** For a page: {@code 30 November 2026, 11:18:56 +01:00 (Europe/Berlin)}. */
  public String page(Instant moment) {
    String shown = PAGE.format(moment.atZone(zone));
    ZoneOffset offset = zone.getRules().getOffset(moment);
    if (zone.normalized().equals(ZoneOffset.UTC)) {
      return shown + "UTC";
    }
    return shown + offset + (zone.equals(offset) ? "" : " (" + zone + ")");
  }

  /** A sentence of ours with the moments in it, which stand in UTC, as {@link #text} has them. */
  public String local(String sentence) {
    return MOMENT
        .matcher(sentence)
        .replaceAll(
            found -> {
              try {
                return text(Instant.parse(found.group()));
              } catch (DateTimeException e) {
                return found.group();
              }
            });
  }
}
