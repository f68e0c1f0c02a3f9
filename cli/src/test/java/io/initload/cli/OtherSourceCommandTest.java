package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.task.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose configuration leads to another database than the migration began with. */
@Tag("system")
class OtherSourceCommandTest {
  @TempDir Path directory;

  @Test
  void everyCommandThatReadsTheSourceRefusesAnotherOne() throws Exception {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      int requests = site.org().log().usage().size();
      Files.copy(directory.resolve("source.mv.db"), directory.resolve("copy.mv.db"));
      OracleFile copy = new OracleFile(directory.resolve("copy"));
      site.with(site.source().url(), copy.url());

      for (String command : new String[] {"run", "reconcile --level count", "report", "validate"}) {
        assertThat(site.run(command).exits(1).err())
            .contains("LEDGER_OTHER_SOURCE", directory.resolve("source").toString());
      }
      Task.Ended task = Task.run(site, "plan", Map.of(), 1);
      assertThat(task.result().path("failure").path("code").asText())
          .isEqualTo("LEDGER_OTHER_SOURCE");
      assertThat(site.org().log().usage()).hasSize(requests);
    }
  }

  @Test
  void theSameDatabaseBehindAServerGoesOn() throws Exception {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      Server server = site.serveSource();
      try {
        site.with(site.source().url(), site.source().url(server.getPort()));
        site.run("run").exits(0);
        site.run("reconcile").exits(0);
      } finally {
        server.stop();
      }
    }
  }
}
