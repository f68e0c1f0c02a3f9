package io.initload.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.retry.AdaptiveConcurrency.End;
import io.initload.retry.AdaptiveConcurrency.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveConcurrencyTest {
  @ParameterizedTest(name = "an org that serves {0} at once, ceiling {1}: {2} to {3}")
  @CsvSource({
    "1, 15, 1, 3",
    "2, 15, 2, 5",
    "5, 15, 5, 8",
    "8, 15, 8, 11",
    "12, 15, 12, 15",
    "50, 15, 15, 15",
    "50, 3, 3, 3",
    "5, 1, 1, 1"
  })
  void findsWhatTheOrgCanServe(int capacity, int ceiling, int least, int most) {
    AdaptiveConcurrency pace = new AdaptiveConcurrency(ceiling);
    run(pace, 40, capacity, Integer.MAX_VALUE);
    List<Integer> limits = run(pace, 40, capacity, Integer.MAX_VALUE);
    assertThat(limits).allSatisfy(limit -> assertThat(limit).isBetween(least, most));
  }

  @Test
  void startsBelowTheCeilingAndClimbsFastWhileThereIsRoom() {
    AdaptiveConcurrency pace = new AdaptiveConcurrency(15);
    assertThat(pace.limit()).isEqualTo(6);
    assertThat(run(pace, 2, 50, Integer.MAX_VALUE)).containsExactly(12, 15);
  }

  @Test
  void theTimeInWhichAnOrgBeginsWithAJobIsNoSignOfOthersBeforeIt() {
    AdaptiveConcurrency pace = new AdaptiveConcurrency(15);
    for (int i = 0; i < 6 + 12; i++) {
      pace.ended(
          new Observation(
              pace.limit(), 5_000, 0, Duration.ofSeconds(24), Duration.ofSeconds(21), End.CLEAN));
    }
    assertThat(pace.limit()).isEqualTo(15);
    for (int i = 0; i < 15; i++) {
      pace.ended(
          new Observation(15, 5_000, 0, Duration.ofSeconds(30), Duration.ofSeconds(21), End.CLEAN));
    }
    assertThat(pace.limit())
        .as("six seconds more, of 15 jobs in flight 3 stand behind")
        .isEqualTo(14);
  }

  @ParameterizedTest(name = "locks begin above {0} jobs")
  @CsvSource({"1", "3", "6", "10"})
  void staysMostlyBelowWhereLocksBegin(int lockFree) {
    AdaptiveConcurrency pace = new AdaptiveConcurrency(15);
    run(pace, 20, 50, lockFree);
    List<Integer> limits = run(pace, 90, 50, lockFree);
    long above = limits.stream().filter(limit -> limit > lockFree).count();
    assertThat(above).isLessThan(15);
    assertThat(limits.stream().mapToInt(i -> i).average().orElseThrow())
        .isGreaterThan(lockFree * 0.6);
  }

  @Test
  void troubleHalvesTheLimit() {
    AdaptiveConcurrency pace = new AdaptiveConcurrency(15);
    run(pace, 3, 50, Integer.MAX_VALUE);
    assertThat(pace.limit()).isEqualTo(15);
    for (int i = 0; i < 15; i++) {
      pace.ended(observation(15, 0, 1.0, i < 4 ? End.TROUBLED : End.CLEAN));
    }
    assertThat(pace.limit()).isEqualTo(7);
  }

  @Test
  void aSingleLockedRowIsNoReason() {
    AdaptiveConcurrency pace = new AdaptiveConcurrency(15);
    for (int i = 0; i < 6; i++) {
      pace.ended(observation(6, i == 0 ? 1 : 0, 1.0, End.CLEAN));
    }
    assertThat(pace.limit()).isEqualTo(12);
  }

  @Test
  void anIdleMigrationProvesNothing() {
    AdaptiveConcurrency pace = new AdaptiveConcurrency(15);
    for (int i = 0; i < 40; i++) {
      pace.ended(observation(1, 0, 1.0, End.CLEAN));
    }
    assertThat(pace.limit()).isEqualTo(6);
  }

  @Test
  void jobsWithoutAnyTimeDoNotBreakTheSum() {
    AdaptiveConcurrency pace = new AdaptiveConcurrency(15);
    for (int i = 0; i < 6; i++) {
      pace.ended(new Observation(6, 0, 0, Duration.ZERO, Duration.ZERO, End.CLEAN));
    }
    assertThat(pace.limit()).isEqualTo(12);
  }

  /** An org that works on {@code capacity} jobs at once and locks rows above {@code lockFree}. */
  private static List<Integer> run(
      AdaptiveConcurrency pace, int rounds, int capacity, int lockFree) {
    List<Integer> limits = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      int jobs = pace.limit();
      double active = Math.min(1.0, (double) capacity / jobs);
      for (int i = 0; i < jobs; i++) {
        pace.ended(observation(jobs, jobs > lockFree ? 2_000 : 0, active, End.CLEAN));
      }
      limits.add(pace.limit());
    }
    return limits;
  }

  private static Observation observation(int inFlight, long locked, double active, End end) {
    return new Observation(
        inFlight,
        100_000,
        locked,
        Duration.ofSeconds(100),
        Duration.ofMillis((long) (100_000 * active)),
        end);
  }
}
