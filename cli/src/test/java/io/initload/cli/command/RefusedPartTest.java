package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Launched;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A load so wrong that the org refuses every row of a part: a fifth of a full part in a quarter of
 * the promised heap, for the time it takes.
 */
@Tag("system")
class RefusedPartTest {
  private static final int CUSTOMERS = 50_000;
  private static final String HEAP = "-Xmx64m";

  @TempDir Path directory;

  @Test
  void everyRowOfAPartBecomesADeadLetter() {
    try (Site site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS)) {
      site.config(
          text ->
              text.replace("ows: 10000}", "ows: " + CUSTOMERS + "}")
                  + "    stopAfterErrors: never\n");
      site.source().run("DELETE FROM COUNTRIES");
      List<String> command = Launched.command("run", "-c", site.config().toString());
      command.replaceAll(word -> word.startsWith("-Xmx") ? HEAP : word);
      try (Launched run = Launched.start(directory, Map.of(), command)) {
        assertThat(run.end().exits(4).out()).contains("50,000 rows need a person");
      }
      assertThat(site.org().records("Account").count()).isZero();
    }
  }
}
