package io.initload.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Launched;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run looks on a terminal: a real one, made by {@code script}. */
@Tag("system")
class ProgressTest {
  private static final String ERASE = "\u001b[2K\u001b[G";

  @TempDir Path directory;

  @Test
  void aLineOfTheLogNeverStandsBehindTheProgress() {
    try (Site site = Site.open(directory, OrgOptions.defaults(), 30_000)) {
      List<String> words = new ArrayList<>(Launched.command("run", "-c", site.config().toString()));
      // As the launcher does when both outputs are a terminal.
      words.addAll(1, List.of("-Dinitload.terminal=true", "-Dinitload.log.start=" + ERASE));
      String shell = words.stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
      try (Launched run =
          Launched.start(directory, Map.of(), List.of("script", "-qec", shell, "/dev/null"))) {
        String screen = run.end().exits(0).out();

        assertThat(screen).contains(ERASE + "\u001b[?7lloaded ");
        assertThat(Stream.of(screen.split("\n")).filter(line -> line.contains(" INFO ")))
            .isNotEmpty()
            .allMatch(line -> line.lastIndexOf(ERASE) > line.lastIndexOf("loaded "));
      }
    }
  }
}
