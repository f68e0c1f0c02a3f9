package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large table that is cut so small that the daily batches go to waste. */
@Tag("system")
class WastefulCutTest {
  private static final String WARNING = "CUSTOMERS: about 90.0% of the places in its batches";

  @TempDir Path directory;

  @Test
  void thePlanWarnsAndNamesTheRemedy() {
    try (Site site = Site.open(directory, OrgOptions.defaults(), 100_000)) {
      assertThat(site.run("plan").exits(0).out()).doesNotContain(WARNING);
      site.config(text -> text.replace("rows: 10000}\n", "rows: 1000}\n"));
      assertThat(site.run("plan").exits(0).out()).contains(WARNING, "tables[].chunking.rows");
    }
  }
}
