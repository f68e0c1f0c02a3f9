package io.initload.plan;

import io.initload.Span;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long an Oracle database keeps the undo that reads at an earlier SCN need
 * (docs/reference/oracle.md, "Undo").
 *
 * @param tuned what it keeps now, tuned to its space and its queries; not for LOBs
 * @param configured the parameter UNDO_RETENTION, which the undo of LOBs follows; a goal, not a
 *     promise, unless it is guaranteed
 * @param guaranteed whether undo that is younger is kept even when writers run out of room
 * @param unknown the views that did not tell, for want of a privilege or of a row
 */
public record FlashbackRetention(
    Optional<Duration> tuned,
    Optional<Duration> configured,
    Optional<Boolean> guaranteed,
    List<String> unknown) {
  /** A plan that takes a larger share of the retention is taken for too long. */
  private static final double SAFE_SHARE = 0.8;

  public FlashbackRetention {
    unknown = List.copyOf(unknown);
  }

  /** How long rows can be read after the snapshot; empty when nobody may say. */
  public Optional<Duration> kept(boolean lobs) {
    Stream<Duration> both = Stream.of(tuned, configured).flatMap(Optional::stream);
    return lobs ? both.min(Duration::compareTo) : tuned.or(() -> configured);
  }

  /**
   * Holds it against a plan.
   *
   * @param reading from the snapshot to the last row read, about
   * @param lobs whether LOBs are among what is read
   */
  public List<Finding> judge(Duration reading, boolean lobs) {
    List<Finding> findings = new ArrayList<>();
    if (!unknown.isEmpty()) {
      findings.add(
          new Finding(
              "UNDO_UNKNOWN",
              Severity.WARNING,
              "source",
              "This user learns nothing from %s, so it is not known in full how long a snapshot can be read. %s"
                  .formatted(String.join(", ", unknown), describe(reading, lobs)),
              "Have SELECT granted on them (`plan` prints the grants), or ask the DBA to hold"
                  + " UNDO_RETENTION against that time."));
    }
    Optional<Duration> kept = kept(lobs);
    if (kept.isPresent() && reading.toMillis() > SAFE_SHARE * kept.get().toMillis()) {
      findings.add(
          new Finding(
              "UNDO_RETENTION",
              Severity.WARNING,
              "source",
              describe(reading, lobs),
              "Have the DBA set UNDO_RETENTION to %,d or more, with room for it in the undo tablespace"
                      .formatted(needed(reading))
                  + " (RETENTION GUARANTEE keeps it for sure, at the price of writers that fail"
                  + " when it is full); or see that nobody writes and set source.consistency:"
                  + " frozen; or make several migrations of it."));
    }
    return findings;
  }

  /** Seconds of retention of which the reading is a safe share. */
  private static long needed(Duration reading) {
    return (long) Math.ceil(reading.toSeconds() / SAFE_SHARE);
  }

  /** What is kept, and what it means for a plan: for people. */
  public String describe(Duration reading, boolean lobs) {
    return "Reading takes about %s at %,d rows a second and the org's daily allowances; undo is kept for %s (%s): what is read later may be gone (ORA-01555)."
        .formatted(
            Span.text(reading),
            ReadingTime.ROWS_PER_SECOND,
            kept(lobs).map(Span::text).orElse("an unknown time"),
            sources(lobs));
  }

  private String sources(boolean lobs) {
    return "tuned %s, UNDO_RETENTION %s%s, %s"
        .formatted(
            seconds(tuned),
            seconds(configured),
            lobs ? ", which LOBs follow" : "",
            guaranteed
                .map(sure -> sure ? "guaranteed" : "not guaranteed")
                .orElse("guarantee unknown"));
  }

  private static String seconds(Optional<Duration> time) {
    return time.map(t -> "%,d s".formatted(t.toSeconds())).orElse("unknown");
  }
}
