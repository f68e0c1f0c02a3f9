package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Launched;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A chunk whose rows cannot be staged, none of them: more text than a quarter of the promised heap
 * has room for.
 */
@Tag("system")
class QuarantinedChunkTest {
  private static final int CUSTOMERS = 20_000;
  private static final String HEAP = "-Xmx64m";

  @TempDir Path directory;

  @Test
  void everyRowOfAChunkIsSetAside() {
    try (Site site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS)) {
      site.source()
          .run(
              "ALTER TABLE CUSTOMERS ALTER COLUMN CUST_LAST_NAME VARCHAR2(5000)",
              "UPDATE CUSTOMERS SET CUST_LAST_NAME = REPEAT('x', 5000)");
      Server server = site.serveSource();
      try {
        site.with(site.source().url(), site.source().url(server.getPort()))
            .with(
                "chunking: {rows: 10000}",
                "chunking: {rows: 50000}\n    stopAfterErrors: never\n    values: {CUST_LAST_NAME: {tooLong: reject}}");
        List<String> command = Launched.command("run", "-c", site.config().toString());
        command.replaceAll(word -> word.startsWith("-Xmx") ? HEAP : word);
        try (Launched run = Launched.start(directory, Map.of(), command)) {
          assertThat(run.end().exits(4).out()).contains("20,000 rows need a person");
        }
      } finally {
        server.stop();
      }
      assertThat(site.org().records("Account").count()).isZero();
    }
  }
}
