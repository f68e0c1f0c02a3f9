package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Site;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials through the command line, beside the migration that they try. */
@Tag("system")
class TrialTest {
  @TempDir private Path directory;

  @Test
  void aTrialHasBooksOfItsOwnAndIsTakenBack() {
    try (Site site = Site.open(directory)) {
      site.run("validate --rows 5").exits(0);
      assertThat(site.run("plan --rows 5 --sql").exits(0).out())
          .contains("A trial of 5 rows", "crm-history-trial-5rows", "FETCH FIRST 5 ROWS ONLY");
      assertThat(site.run("run --rows 5").exits(0).out())
          .contains("other commands on it take --trial 5");
      JsonNode proof = site.run("reconcile --trial 5 --json").exits(0).json();
      assertThat(proof.path("migration").asText()).isEqualTo("crm-history-trial-5rows");
      assertThat(proof.path("tables").findValuesAsText("created")).containsExactly("5", "500");
      assertThat(proof.path("notes").toString()).contains("This is a trial of 5 rows");
      assertThat(site.run("status --trial 5").exits(0).out()).contains("500");
      assertThat(site.run("status").exits(1).err()).contains("NOT_BEGUN");

      site.run("undo --trial 5 --confirm crm-history-trial-5rows").exits(0);
      site.run("run").exits(0);
      JsonNode whole = site.run("reconcile --json").exits(0).json();
      assertThat(whole.path("tables").findValuesAsText("created")).containsExactly("20", "2000");
    }
  }

  @Test
  void theSameFractionIsTakenWhenItIsRunAgain() {
    try (Site site = Site.open(directory)) {
      site.run("run --fraction 20%").exits(0);
      JsonNode once = site.run("reconcile --trial 20% --json").exits(0).json();
      site.run("run --fraction 20%").exits(0);
      JsonNode again = site.run("reconcile --trial 20% --json").exits(0).json();
      assertThat(again.path("tables").findValuesAsText("snapshotRows"))
          .isEqualTo(once.path("tables").findValuesAsText("snapshotRows"));
      assertThat(again.path("quota")).isEqualTo(once.path("quota"));
    }
  }

  @Test
  void aTrialHasOneSizeAndASensibleOne() {
    try (Site site = Site.open(directory)) {
      for (String wrong :
          new String[] {
            "run --fraction 100%",
            "run --fraction 0%",
            "plan --fraction 1",
            "plan --rows 0",
            "validate --rows many",
            "run --rows 5 --fraction 1%",
            "reconcile --trial all"
          }) {
        assertThat(site.run(wrong).exits(1).err()).contains("USAGE");
      }
    }
  }
}
