package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day's allowance that does not last, and a run that is told to stop then. */
@Tag("system")
class WhenExhaustedTest {
  private static final Pattern TIME = Pattern.compile("at (\\d{4}-\\S+Z)");

  @TempDir Path directory;

  @Test
  void theRunEndsWithTheTimeAtWhichToGoOn() {
    try (Site site = Site.open(directory, OrgOptions.defaults(), 30_000)) {
      site.with("http: {attempts", "compression: identity\n  dailyBatches: 2\n  http: {attempts");
      assertThat(site.run("plan").exits(0).out())
          .as("how well the batches are filled, 20 rows of 10,000")
          .contains("waste", "99.8%");
      Instant start = Instant.now();
      String said = site.run("run", "--when-exhausted", "stop").exits(76).err();
      assertThat(said).contains("QUOTA_EXHAUSTED").doesNotContain("\tat ");
      Matcher time = TIME.matcher(said);
      assertThat(time.find()).as(said).isTrue();
      assertThat(Instant.parse(time.group(1)))
          .isBetween(
              start.plus(Duration.ofHours(24)).minusSeconds(1),
              Instant.now().plus(Duration.ofHours(24)));
      long loaded = site.org().records("Account").count();
      assertThat(loaded).as("one batch of two").isBetween(1L, 10_000L);

      JsonNode status = site.run("status", "--json").exits(0).json();
      assertThat(status.path("quota").path("batches").asLong()).isEqualTo(2);
      assertThat(status.path("rowsLeft").asLong())
          .as("by the books; the last job may not be booked yet")
          .isBetween(30_000 - loaded, 30_000L);
      assertThat(status.path("rowsPerSecond").asDouble()).isPositive();
      assertThat(site.run("status").exits(0).out()).contains("rows are left; at ");

      site.config(text -> text);
      site.run("run", "--when-exhausted", "stop").exits(0);
    }
  }
}
