package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.ledger.ActivityBook.Activity;
import io.initload.pipeline.Forecast.Bound;
import io.initload.pipeline.Forecast.Room;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the rest will be there, and what holds it up. */
class ForecastTest {
  private static final Room PLENTY = new Room(15, 1_000_000, 1_000_000);

  @Test
  void theRangeIsThatOfThePaces() {
    assertThat(Forecast.of(100_000, 100, 200, reading(), PLENTY))
        .contains(new Forecast(500, 1_000, Bound.SOURCE));
    assertThat(Forecast.of(100_000, 200, 100, reading(), PLENTY))
        .contains(new Forecast(500, 1_000, Bound.SOURCE));
  }

  @Test
  void aQuietWhileIsNoPace() {
    assertThat(Forecast.of(100_000, 100, 0, reading(), PLENTY))
        .contains(new Forecast(1_000, 1_000, Bound.SOURCE));
    assertThat(Forecast.of(100_000, 0, 0, reading(), PLENTY)).isEmpty();
    assertThat(Forecast.of(0, 100, 100, reading(), PLENTY)).isEmpty();
  }

  @Test
  void whatIsBeyondTheAllowanceTakesDays() {
    Room day = new Room(15, 100_000, 1_000_000);
    assertThat(Forecast.of(1_600_000, 1_000, 1_000, reading(), day))
        .contains(new Forecast(129_600, 172_800, Bound.QUOTA));
    // Slower than the allowance frees itself: it is no matter of the allowance.
    assertThat(Forecast.of(200_000, 10, 10, reading(), day))
        .contains(new Forecast(20_000, 86_400, Bound.SOURCE));
  }

  @Test
  void whatHoldsItUpIsWhereTheWorkStands() {
    assertThat(bound(activity(0, 3, 2, 13))).isEqualTo(Bound.ORG);
    assertThat(bound(activity(0, 3, 13, 2))).isEqualTo(Bound.LINE);
    assertThat(bound(activity(9, 0, 0, 1))).isEqualTo(Bound.SOURCE);
    assertThat(bound(activity(9, 5, 3, 1))).isEqualTo(Bound.LINE);
    assertThat(bound(activity(0, 0, 0, 1))).isEqualTo(Bound.ORG);
  }

  private static Bound bound(Activity activity) {
    return Forecast.of(1_000, 10, 10, activity, PLENTY).orElseThrow().boundBy();
  }

  private static Activity reading() {
    return activity(4, 0, 0, 1);
  }

  private static Activity activity(long chunks, long waiting, long uploading, long running) {
    return new Activity(1, chunks, 0, waiting, uploading, running, 0, 0, Map.of());
  }
}
