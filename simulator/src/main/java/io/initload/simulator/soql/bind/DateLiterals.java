package io.initload.simulator.soql.bind;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/**
 * Relative dates: {@code TODAY}, {@code LAST_N_DAYS:30}, ... as ranges of whole days in the user's
 * time zone. Weeks start on Sunday (locale en_US) and the fiscal year is the calendar year.
 */
public record DateLiterals(Instant now, ZoneId zone) {

  /** Days from {@code first} up to, not including, {@code end}. */
  record Days(LocalDate first, LocalDate end) {
    Instant firstInstant(ZoneId zone) {
      return first.atStartOfDay(zone).toInstant();
    }

    Instant endInstant(ZoneId zone) {
      return end.atStartOfDay(zone).toInstant();
    }
  }

  private enum Unit {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    LocalDate start(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        case MONTH -> day.withDayOfMonth(1);
        case QUARTER -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1);
        case YEAR -> day.withDayOfYear(1);
      };
    }

    LocalDate plus(LocalDate day, long count) {
      return switch (this) {
        case DAY -> day.plusDays(count);
        case WEEK -> day.plusWeeks(count);
        case MONTH -> day.plusMonths(count);
        case QUARTER -> day.plusMonths(3 * count);
        case YEAR -> day.plusYears(count);
      };
    }
  }

  /** The days the literal means, or empty if there is no literal of that name. */
  Optional<Days> days(String name, int count) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    String upper = name.toUpperCase(Locale.ROOT).replace("FISCAL_", "");
    return switch (upper) {
      case "YESTERDAY" -> Optional.of(new Days(today.minusDays(1), today));
      case "TODAY" -> Optional.of(new Days(today, today.plusDays(1)));
      case "TOMORROW" -> Optional.of(new Days(today.plusDays(1), today.plusDays(2)));
      case "LAST_90_DAYS" -> Optional.of(new Days(today.minusDays(90), today.plusDays(1)));
      case "NEXT_90_DAYS" -> Optional.of(new Days(today.plusDays(1), today.plusDays(91)));
      case "LAST_N_DAYS" -> Optional.of(new Days(today.minusDays(count), today.plusDays(1)));
      case "NEXT_N_DAYS" -> Optional.of(new Days(today.plusDays(1), today.plusDays(1L + count)));
      default -> periods(upper, count, today);
    };
  }

  private static Optional<Days> periods(String name, int count, LocalDate today) {
    for (Unit unit : Unit.values()) {
      LocalDate start = unit.start(today);
      String one = unit.name();
      if (name.equals("LAST_" + one)) {
        return Optional.of(new Days(unit.plus(start, -1), start));
      } else if (name.equals("THIS_" + one)) {
        return Optional.of(new Days(start, unit.plus(start, 1)));
      } else if (name.equals("NEXT_" + one)) {
        return Optional.of(new Days(unit.plus(start, 1), unit.plus(start, 2)));
      } else if (name.equals("LAST_N_" + one + "S")) {
        return Optional.of(new Days(unit.plus(start, -count), start));
      } else if (name.equals("NEXT_N_" + one + "S")) {
        return Optional.of(new Days(unit.plus(start, 1), unit.plus(start, 1L + count)));
      } else if (name.equals("N_" + one + "S_AGO")) {
        return Optional.of(new Days(unit.plus(start, -count), unit.plus(start, 1L - count)));
      }
    }
    return Optional.empty();
  }
}
