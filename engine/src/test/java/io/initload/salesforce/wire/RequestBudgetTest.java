package io.initload.salesforce.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBudgetTest {
  @ParameterizedTest(name = "{0} of {1} used, {2} requests a poll: every {3} s")
  @CsvSource({
    "0, 100000, 1, 2",
    "90000, 100000, 1, 17",
    "90000, 100000, 3, 51",
    "99999, 100000, 1, 86400",
    "100500, 100000, 1, 86400"
  })
  void pollsLastTheDay(long used, long allowed, int requests, long seconds) {
    RequestBudget budget = new RequestBudget();
    budget.observe("api-usage=" + used + "/" + allowed + "; per-app-api-usage=1/250(appName=x)");
    assertThat(budget.pace(Duration.ofSeconds(2), requests).toSeconds()).isEqualTo(seconds);
  }

  @Test
  void knowsNothingUntilTold() {
    RequestBudget budget = new RequestBudget();
    budget.observe("something else");
    budget.sent();
    assertThat(budget.remaining()).isEmpty();
    assertThat(budget.pace(Duration.ofSeconds(2), 1)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void countsItsOwnRequestsBetweenTwoAnswers() {
    RequestBudget budget = new RequestBudget();
    budget.observe("api-usage=10/100");
    budget.sent();
    budget.sent();
    assertThat(budget.remaining()).hasValue(88);
  }
}
