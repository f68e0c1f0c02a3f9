package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.task.Task;
import io.initload.simulator.hook.JobEffect;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that was begun and is taken out of the configuration, or called otherwise there. */
@Tag("system")
class LeftOutTableTest {
  private static String withoutCustomers(String text) {
    return text.substring(0, text.indexOf("  - source: CUSTOMERS"));
  }

  /** After the probe of the compression and the countries. */
  private static final int CUSTOMERS_JOB = 3;

  @TempDir Path directory;

  @Test
  void openBooksAreNamedByRunAndCertificate() {
    try (Site site = begun()) {
      site.config(LeftOutTableTest::withoutCustomers);
      assertThat(site.run("run").exits(1).out()).contains("TABLE_LEFT_OUT", "CUSTOMERS");
      assertThat(site.run("reconcile").exits(6).out())
          .contains("CUSTOMERS was begun in this migration", "its books are open");

      site.config(UnaryOperator.identity());
      site.run("run").exits(0);
      assertThat(site.run("reconcile").exits(0).out()).doesNotContain("was begun");
    }
  }

  @Test
  void anotherNameLoadsNothingASecondTime() {
    try (Site site = begun()) {
      int jobs = site.org().jobs().size();
      site.with("  - source: CUSTOMERS", "  - name: CLIENTS\n    source: CUSTOMERS");
      assertThat(site.run("run").exits(1).out()).contains("TABLE_RENAMED", "name: CUSTOMERS");
      assertThat(site.org().jobs()).hasSize(jobs);

      site.with("  - source: CUSTOMERS", "  - name: CUSTOMERS\n    source: CUSTOMERS");
      site.run("run").exits(0);
      site.run("reconcile").exits(0);
    }
  }

  @Test
  void closedBooksAreNamedByTheCertificateAlone() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.config(LeftOutTableTest::withoutCustomers);
      site.run("run").exits(0);
      assertThat(site.run("reconcile").exits(6).out())
          .contains("CUSTOMERS was begun in this migration", "its books are closed there");
    }
  }

  @Test
  void aPlanOfWhichNothingWasSentIsForgotten() {
    try (Site site = Site.open(directory)) {
      Task.run(site, "plan", Map.of(), 0);
      site.config(LeftOutTableTest::withoutCustomers);
      assertThat(site.run("run").exits(0).err()).contains("CUSTOMERS was planned");
      site.run("reconcile").exits(0);
    }
  }

  /** Its customers are refused as a whole; the org is well again when this returns. */
  private Site begun() {
    Site site = Site.open(directory);
    AtomicBoolean failing = new AtomicBoolean(true);
    site.org()
        .hooks()
        .add(
            job ->
                failing.get() && job.jobNumber() == CUSTOMERS_JOB
                    ? new JobEffect.FailJob("InvalidEntity : nothing goes")
                    : JobEffect.NONE);
    assertThat(site.run("run").exits(3).out()).contains("JOB_FAILED", "CUSTOMERS");
    failing.set(false);
    return site;
  }
}
