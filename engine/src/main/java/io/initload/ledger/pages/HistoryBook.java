package io.initload.ledger.pages;

import io.initload.ledger.database.LedgerDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What the jobs did when, and when the allowances that they hold become free. */
public final class HistoryBook {
  /** More spells are not told: they are longer instead. */
  public static final int SPELLS_MAX = 96;

  private static final List<Duration> LENGTHS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(12));

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  public HistoryBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * The jobs that ended within one spell, and how things stood at its end.
   *
   * @param rows that the org tried, those it refused included
   * @param refused of them
   * @param bytes gzip bytes of their parts
   * @param inFlight jobs that were under way at its end
   * @param held what jobs held of the org's daily allowances at its end, those of other migrations
   *     of this ledger included
   */
  public record Spell(
      Instant from, long jobs, long rows, long refused, long bytes, long inFlight, Held held) {
    private static Spell of(Instant from) {
      return new Spell(from, 0, 0, 0, 0, 0, Held.NONE);
    }

    private Spell standing(Levels levels) {
      return new Spell(from, jobs, rows, refused, bytes, levels.inFlight(), levels.held());
    }
  }

  /** What of the allowances becomes free within the hour that ends then. */
  public record Freed(Instant until, long records, long batches) {}

  /**
   * What was done since the first job began, in spells of equal length, empty ones included.
   *
   * @param seconds length of a spell
   */
  public record Throughput(long seconds, List<Spell> spells) {
    public Throughput {
      spells = List.copyOf(spells);
    }
  }

  /** The migration's throughput; without spells where no job ended. */
  public Throughput throughput() {
    return database.read(
        h -> {
          Edges edges =
              h.select(
                      "SELECT COALESCE(MIN(intent_at), 0), COALESCE(MAX(ended_at), 0) FROM job"
                          + " WHERE migration = ? AND part_id IS NOT NULL",
                      migration)
                  .map((r, c) -> new Edges(r.getLong(1), r.getLong(2)))
                  .one();
          return edges.last() == 0
              ? new Throughput(LENGTHS.get(0).toSeconds(), List.of())
              : spells(h, edges);
        });
  }

  private record Edges(long first, long last) {}

  private Throughput spells(Handle h, Edges edges) {
    long length = length(edges.last() - edges.first());
    Map<Long, Spell> ended =
        h
            .select(
                "SELECT j.ended_at / ? AS spell, COUNT(*) AS jobs, SUM(j.processed) AS done,"
                    + " SUM(j.failed) AS refused, SUM(p.gzip_bytes) AS bytes FROM job j JOIN part"
                    + " p ON p.id = j.part_id WHERE j.migration = ? AND j.ended_at IS NOT NULL"
                    + " GROUP BY 1",
                length,
                migration)
            .map(
                (r, c) ->
                    new Spell(
                        Instant.ofEpochMilli(r.getLong("spell") * length),
                        r.getLong("jobs"),
                        r.getLong("done"),
                        r.getLong("refused"),
                        r.getLong("bytes"),
                        0,
                        Held.NONE))
            .list()
            .stream()
            .collect(Collectors.toMap(s -> s.from().toEpochMilli() / length, Function.identity()));
    Levels levels = new Levels(h, migration, length);
    List<Spell> spells = new ArrayList<>();
    for (long at = edges.first() / length; at <= edges.last() / length; at++) {
      levels.advance(at);
      spells.add(
          ended.getOrDefault(at, Spell.of(Instant.ofEpochMilli(at * length))).standing(levels));
    }
    return new Throughput(length / 1000, spells);
  }

  /** Milliseconds: the shortest length of which few enough cover the span. */
  private static long length(long span) {
    return LENGTHS.stream()
        .mapToLong(Duration::toMillis)
        .filter(length -> span / length + 2 <= SPELLS_MAX)
        .findFirst()
        .orElseGet(
            () -> {
              long days = span / (Duration.ofDays(1).toMillis() * (SPELLS_MAX - 2)) + 1;
              return Duration.ofDays(days).toMillis();
            });
  }

  /**
   * When what jobs hold of an org's allowances becomes free again, hour by hour; hours in which
   * nothing does are left out. What jobs hold that have not ended is in none.
   */
  public List<Freed> freed(String orgId) {
    long hour = Duration.ofHours(1).toMillis();
    long now = clock.millis();
    return database.read(
        h ->
            h.select(
                    "SELECT (quota_until - ?) / ? AS at, SUM(records) AS records, SUM(batches) AS"
                        + " batches FROM job WHERE org_id = ? AND quota_until > ? GROUP BY 1 ORDER"
                        + " BY 1",
                    now,
                    hour,
                    orgId,
                    now)
                .map(
                    (r, c) ->
                        new Freed(
                            Instant.ofEpochMilli(now + (r.getLong("at") + 1) * hour),
                            r.getLong("records"),
                            r.getLong("batches")))
                .list());
  }
}
