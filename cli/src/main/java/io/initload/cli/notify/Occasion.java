package io.initload.cli.notify;

import io.initload.config.notify.NotifyConfig.Event;
import java.time.Instant;
import java.util.Optional;

/**
 * Something to tell people of.
 *
 * @param key what it is about; told once in a round, which goes from one start to the next
 * @param table the pass that goes no further; empty where it is the whole
 * @param code of what ended it; empty where nothing did
 * @param until when it goes on; empty where that is not the point
 */
record Occasion(Event event, String key, String table, String code, Optional<Instant> until) {
  /** In the place of a code: a person asked for it. */
  static final String ON_REQUEST = "ON_REQUEST";

  /** In the place of a code: tables wait for others that are not complete. */
  static final String BLOCKED = "BLOCKED";

  /** The key of what ends a round. */
  static final String END = "end";

  private static final String STOP = "stopped ";
  private static final String PERSON = "person ";

  static Occasion started() {
    return new Occasion(Event.STARTED, "started", "", "", Optional.empty());
  }

  static Occasion stopped(String table, String code) {
    return new Occasion(Event.STOPPED, STOP + table + " " + code, table, code, Optional.empty());
  }

  /** Whether a key says that a table, or a pass over it, goes no further. */
  static boolean isStop(String key, String table) {
    return key.startsWith(STOP + table + " ") || key.startsWith(STOP + table + ":");
  }

  /** As many rows as that, or up to ten times as many. */
  static Occasion person(long rows) {
    return new Occasion(Event.NEEDS_A_PERSON, PERSON + decade(rows), "", "", Optional.empty());
  }

  /** The power of ten that a number of rows reaches; rows above 0. */
  static int decade(long rows) {
    return Long.toString(rows).length() - 1;
  }

  /** The power of ten that a key of {@link #person} names. */
  static int decadeOf(String key) {
    return Integer.parseInt(key.substring(PERSON.length()));
  }

  /**
   * @param number of the times that it was told in the round, this one included
   */
  static Occasion quota(int number, Instant until) {
    return new Occasion(Event.QUOTA, "quota " + number, "", "", Optional.of(until));
  }

  /** What was asked for is loaded. */
  static Occasion done() {
    return new Occasion(Event.DONE, END, "", "", Optional.empty());
  }

  /** The whole goes no further by itself. */
  static Occasion ended(String code) {
    return new Occasion(Event.STOPPED, END, "", code, Optional.empty());
  }

  /** The whole waits for a person or a scheduler to go on then. */
  static Occasion endedUntil(Instant until) {
    return new Occasion(Event.QUOTA, END, "", "", Optional.of(until));
  }
}
