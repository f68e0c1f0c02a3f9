package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.ledger.Ledger;
import io.initload.staging.StagingArea;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of the migration's name on this host that its ledger does not know: it is gone, or was
 * restored from a backup that is older than they are. To go on would load everything again as
 * updates, and leave the records that were created to nobody.
 */
public final class StrayFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StrayFiles.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Ledger ledger;
  private final StagingArea staging;
  private final Clock clock;

  public StrayFiles(Workbench bench) {
    this.ledger = bench.ledger();
    this.staging = bench.staging();
    this.clock = bench.clock();
  }

  /**
   * Looks, before anything is swept.
   *
   * @throws Failure {@code LEDGER_GONE}, {@code LEDGER_OLDER}
   */
  public void refuse() {
    // The files first: whoever makes one has entered it, or the migration, before.
    List<Path> kept = staging.kept();
    List<Path> parts = staging.parts();
    if (ledger.migrations().begun().isEmpty()) {
      if (!kept.isEmpty() || !parts.isEmpty()) {
        throw gone(kept, parts);
      }
    } else {
      List<Path> unknown = unknown(kept);
      if (!unknown.isEmpty()) {
        throw older(unknown);
      }
    }
  }

  private List<Path> unknown(List<Path> kept) {
    if (kept.isEmpty()) {
      return List.of();
    }
    Set<Path> known =
        ledger.jobs().receipts().stream().map(staging::kept).collect(Collectors.toSet());
    return kept.stream().filter(file -> !known.contains(file)).toList();
  }

  private Failure gone(List<Path> kept, List<Path> parts) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "LEDGER_GONE",
        "The ledger does not know this migration, but %s holds %,d lists of records that it created and %,d staged files. Nothing was read or loaded."
            .formatted(staging.directory(), kept.size(), parts.size()),
        "Bring back the ledger, or correct ledger.url. "
            + anew("Without it everything is loaded again"));
  }

  private static Failure older(List<Path> unknown) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "LEDGER_OLDER",
        "The ledger does not know %,d lists of records that this migration created, the first being %s: it is older than they are. Nothing was read or loaded."
            .formatted(unknown.size(), unknown.get(0)),
        "Bring back the newest ledger. "
            + anew("With this one rows that were loaded since are loaded again"));
  }

  /** The way on, for who accepts what it costs. */
  static String anew(String what) {
    return what
        + ": as updates, and `undo` will not delete what they created. To accept that, run"
        + " `initload run --begin-anew`, which puts those files aside.";
  }

  /**
   * Puts aside what the ledger does not know, so that the migration begins anew, or goes on,
   * without it.
   */
  public void setAside() {
    List<Path> aside = new ArrayList<>();
    if (ledger.migrations().begun().isEmpty()) {
      aside.addAll(staging.kept());
      aside.addAll(staging.parts());
    } else {
      aside.addAll(unknown(staging.kept()));
      ledger.migrations().acceptJobs();
    }
    if (!aside.isEmpty()) {
      Path folder = staging.setAside(aside, "before-" + STAMP.format(Instant.now(clock)));
      LOG.warn("{} files that the ledger does not know are in {} now", aside.size(), folder);
    }
  }
}
