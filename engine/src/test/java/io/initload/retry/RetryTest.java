package io.initload.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryTest {
  private static final RandomGenerator HIGHEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new IllegalStateException("only bounded draws are expected");
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final List<Duration> waits = new ArrayList<>();

  @Test
  void waitsDoubleUpToTheirBound() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), HIGHEST);
    assertThat(List.of(backoff.after(1), backoff.after(2), backoff.after(3), backoff.after(4)))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 4L, 5L);
    assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void chanceTakesAtMostHalf() {
    Backoff backoff =
        new Backoff(Duration.ofSeconds(8), Duration.ofSeconds(8), new SplittableRandom(3));
    for (int i = 0; i < 1_000; i++) {
      assertThat(backoff.after(1)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }
  }

  @Test
  void sameSeedSameWaits() {
    Backoff one = new Backoff(Duration.ofSeconds(1), Duration.ofHours(1), new SplittableRandom(5));
    Backoff two = new Backoff(Duration.ofSeconds(1), Duration.ofHours(1), new SplittableRandom(5));
    for (int i = 1; i < 20; i++) {
      assertThat(one.after(i)).isEqualTo(two.after(i));
    }
  }

  @Test
  void goesOnUntilTheActSucceeds() throws Exception {
    int[] calls = {0};
    String result =
        retry(5)
            .call(
                () -> {
                  if (++calls[0] < 4) {
                    throw new IllegalStateException("trouble " + calls[0]);
                  }
                  return "done";
                },
                failure -> Optional.of(Duration.ZERO));
    assertThat(result).isEqualTo("done");
    assertThat(waits).hasSize(3);
  }

  @Test
  void keepsTheEarlierFailures() {
    int[] calls = {0};
    assertThatThrownBy(
            () ->
                retry(2)
                    .call(
                        () -> {
                          throw new IllegalStateException("trouble " + ++calls[0]);
                        },
                        failure -> Optional.of(Duration.ZERO)))
        .hasMessage("trouble 2")
        .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessage("trouble 1"));
    assertThat(waits).hasSize(1);
  }

  @Test
  void aFinalFailureIsNotTriedAgain() {
    assertThatThrownBy(
            () ->
                retry(5)
                    .call(
                        () -> {
                          throw new IllegalStateException("no");
                        },
                        failure -> Optional.empty()))
        .hasMessage("no");
    assertThat(waits).isEmpty();
  }

  @Test
  void theOtherSideMayAskForALongerWait() throws Exception {
    int[] calls = {0};
    retry(2)
        .call(
            () -> {
              if (++calls[0] == 1) {
                throw new IllegalStateException("later");
              }
              return 1;
            },
            failure -> Optional.of(Duration.ofHours(1)));
    assertThat(waits).containsExactly(Duration.ofHours(1));
  }

  private Retry retry(int attempts) {
    return new Retry(
        attempts,
        new Backoff(Duration.ofMillis(10), Duration.ofSeconds(1), new SplittableRandom(1)),
        waits::add);
  }
}
