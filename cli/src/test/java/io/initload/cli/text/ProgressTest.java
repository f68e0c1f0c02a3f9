package io.initload.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Launched;
import io.initload.cli.Site;
import io.initload.ledger.entry.TableBooks;
import io.initload.plan.Batches;
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
  private static final String ERASE = LiveBlock.ERASE;

  @TempDir Path directory;

  @Test
  void aLineOfTheLogNeverStandsBehindTheProgress() {
    // Slow enough for the block, which is drawn each second, to be seen.
    OrgOptions slow = OrgOptions.defaults().set("cost.rowsPerSecond", "2000");
    try (Site site = Site.open(directory, slow, 30_000)) {
      List<String> words = new ArrayList<>(Launched.command("run", "-c", site.config().toString()));
      // As the launcher does when both outputs are a terminal.
      words.addAll(1, List.of("-Dinitload.terminal=true", "-Dinitload.log.start=" + ERASE));
      String shell = words.stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
      try (Launched run =
          Launched.start(directory, Map.of(), List.of("script", "-qec", shell, "/dev/null"))) {
        String screen = run.end().exits(0).out();

        assertThat(screen)
            .contains(ERASE + "\u001b[?7lMigration ", "of 30,020 rows", "tables are done");
        // What was drawn last begins where the cursor stands, and a log line erases it.
        assertThat(Stream.of(screen.split("\n")).filter(line -> line.contains(" INFO ")))
            .isNotEmpty()
            .allMatch(line -> line.contains(ERASE));
      }
    }
  }

  @Test
  void theLineSaysOnlyWhatIsKnown() {
    assertThat(Progress.line(List.of(books(100, 40)), 0, 20, 3))
        .isEqualTo(
            "loaded 40 of 100 rows (40 %), ETA 30 s, 2 rows/s, 3 jobs, read 100, 0 need a person");
    assertThat(Progress.line(List.of(books(100, 100)), 0, 20, 0))
        .isEqualTo("loaded 100 of 100 rows (100 %), 5 rows/s, 0 jobs, read 100, 0 need a person");
    assertThat(Progress.line(List.of(books(100, 100)), 100, 20, 0))
        .isEqualTo("loaded 100 of 100 rows (100 %), 0 jobs, read 100, 0 need a person");
  }

  private static TableBooks books(long rows, long created) {
    return new TableBooks(
        "T",
        rows,
        rows,
        0,
        rows,
        created,
        0,
        0,
        rows - created,
        1,
        0,
        1,
        0,
        1,
        Batches.of(rows, 1));
  }
}
