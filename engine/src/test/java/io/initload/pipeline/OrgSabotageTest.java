package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ReconcileConfig.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody meddles with the records after they were loaded: each act is found at the level that
 * promises it, and by the digests of all rows; and nothing is found once the record is as it was.
 */
@Tag("system")
class OrgSabotageTest {
  /** {@code -Dinitload.sabotage=N} plays more. */
  private static final int CASES = Integer.getInteger("initload.sabotage", 44);

  private static final int SEED = Integer.getInteger("initload.seed", 4711);

  @TempDir Path directory;

  @Test
  void everyActIsFoundAtItsLevelAndNothingElse() throws Exception {
    try (SabotagedSite site = new SabotagedSite(directory).loaded()) {
      site.isWhole("before anybody meddled");
      OrgSabotage[] acts = OrgSabotage.values();
      for (int i = 0; i < CASES; i++) {
        int seed = SEED + i;
        Random random = new Random(seed);
        OrgSabotage act = acts[i % acts.length];
        int row = 1 + random.nextInt(SabotagedSite.ROWS);
        act.strike(site.other(), row, random);
        found(site, act, row, seed);
        act.repair(site.other(), row);
        if (i % acts.length == acts.length - 1) {
          site.isWhole("after case " + seed + " was mended");
        }
      }
      site.isWhole("at the end");
    }
  }

  private static void found(SabotagedSite site, OrgSabotage act, int row, int seed)
      throws InterruptedException {
    String what = "%s of row %d, seed %d".formatted(act, row, seed);
    List<String> sample = site.findings(Level.SAMPLE);
    assertThat(sample).as(what).isNotEmpty();
    if (act.level == Level.COUNT) {
      assertThat(site.findings(Level.COUNT)).as(what).isNotEmpty();
    } else {
      assertThat(sample).as(what).anyMatch(f -> names(f, row));
      assertThat(site.findingsWithoutSample()).as(what).anyMatch(f -> names(f, row));
    }
  }

  private static boolean names(String finding, int row) {
    return finding.contains("external id " + SabotagedSite.key(row) + ":");
  }
}
