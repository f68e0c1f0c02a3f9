package io.initload.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The hours of each day in which something may be begun, as {@code 20:00-06:00 Europe/Vienna}. They
 * are those of a wall clock there, in summer and in winter.
 *
 * @param windows at least one, or none for {@link #ALWAYS}
 */
public record Hours(List<Window> windows, ZoneId zone) {
  /** No bounds. */
  public static final Hours ALWAYS = new Hours(List.of(), ZoneOffset.UTC);

  private static final String ALL_DAY = "always";
  private static final String FORM = "is not of the form 20:00-06:00 Europe/Vienna";
  private static final Pattern TEXT =
      Pattern.compile("([0-9:\\-, ]*[0-9])\\s+([A-Za-z][A-Za-z0-9_+/-]*)");
  private static final Pattern WINDOW =
      Pattern.compile("([0-9]{2}:[0-9]{2})\\s*-\\s*([0-9]{2}:[0-9]{2})");

  public Hours {
    windows = List.copyOf(windows);
  }

  /**
   * A part of the day, over midnight where it ends before it begins.
   *
   * @param from the first moment of it
   * @param to the first moment after it; midnight for the end of the day
   */
  public record Window(LocalTime from, LocalTime to) {
    private boolean holds(LocalTime time) {
      boolean begun = !time.isBefore(from);
      boolean over = !time.isBefore(to);
      return from.isBefore(to) ? begun && !over : begun || !over;
    }

    @Override
    public String toString() {
      return from + "-" + to;
    }
  }

  /**
   * Reads windows, with commas between them, and a zone; or {@code always}.
   *
   * @throws IllegalArgumentException says what is wrong with the text
   */
  public static Hours parse(String text) {
    if (text.strip().equals(ALL_DAY)) {
      return ALWAYS;
    }
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(FORM);
    }
    ZoneId zone;
    try {
      zone = ZoneId.of(matcher.group(2));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("names no time zone, as Europe/Vienna or UTC", e);
    }
    List<Window> windows = new ArrayList<>();
    for (String window : matcher.group(1).split(",", -1)) {
      windows.add(window(window.strip()));
    }
    return new Hours(windows, zone);
  }

  private static Window window(String text) {
    Matcher matcher = WINDOW.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(FORM);
    }
    Window window = new Window(time(matcher.group(1)), time(matcher.group(2)));
    if (window.from().equals(window.to())) {
      throw new IllegalArgumentException("is no hour or the whole day, which needs no setting");
    }
    return window;
  }

  private static LocalTime time(String text) {
    try {
      return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("has a time that no day has: " + text, e);
    }
  }

  /** The next moment at which something may be begun: now, or when the next window opens. */
  public Instant next(Instant now) {
    if (windows.isEmpty() || holds(now)) {
      return now;
    }
    LocalDateTime here = now.atZone(zone).toLocalDateTime();
    // A night in which the clock is put forward may leave nothing of a window.
    Stream<Instant> openings =
        IntStream.rangeClosed(0, 2)
            .mapToObj(day -> here.toLocalDate().plusDays(day))
            .flatMap(day -> windows.stream().map(w -> day.atTime(w.from())))
            .flatMap(this::instants);
    // A clock that is put into a window opens it too.
    Stream<Instant> changes =
        Stream.ofNullable(zone.getRules().nextTransition(now))
            .map(ZoneOffsetTransition::getInstant);
    return Stream.concat(openings, changes)
        .filter(opening -> opening.isAfter(now) && holds(opening))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private boolean holds(Instant at) {
    LocalTime time = at.atZone(zone).toLocalTime();
    return windows.stream().anyMatch(w -> w.holds(time));
  }

  /** When a wall clock there has the time: twice, or never, where the clock is changed. */
  private Stream<Instant> instants(LocalDateTime time) {
    return zone.getRules().getValidOffsets(time).stream().map(time::toInstant);
  }

  @Override
  public String toString() {
    return windows.isEmpty()
        ? ALL_DAY
        : windows.stream().map(Window::toString).collect(Collectors.joining(", ", "", " " + zone));
  }
}
