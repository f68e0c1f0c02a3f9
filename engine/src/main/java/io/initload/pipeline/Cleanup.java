package io.initload.pipeline;

import io.initload.ledger.Scope;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.Workbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/** Deletes staged files of this host whose rows are booked; what a crash left behind. */
public final class Cleanup {
  private final Workbench bench;

  public Cleanup(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Deletes the spent files of some tables, and any file that is of no part while no other process
   * of this host could be writing one.
   *
   * @param tables names; empty for all
   * @return how many were deleted
   */
  public int sweep(Collection<String> tables) {
    int before = bench.staging().parts().size();
    new Enrolment(bench).join();
    Set<Path> spent =
        bench.ledger().narrowed(Scope.of(tables, false)).parts().spentFiles(bench.worker().host());
    for (Path file : bench.staging().parts()) {
      try {
        if (spent.contains(file)) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the staged file " + file + " cannot be deleted", e);
      }
    }
    return before - bench.staging().parts().size();
  }
}
