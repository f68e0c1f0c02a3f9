package io.initload.pipeline;

import io.initload.ledger.Scope;
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
   * Deletes the spent files of some tables.
   *
   * @param tables names; empty for all
   * @return how many were there
   */
  public int sweep(Collection<String> tables) {
    new Beginning(bench).join();
    Set<Path> spent =
        bench.ledger().narrowed(Scope.of(tables)).parts().spentFiles(bench.worker().host());
    int deleted = 0;
    for (Path file : bench.staging().parts()) {
      try {
        if (spent.contains(file) && Files.deleteIfExists(file)) {
          deleted++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the staged file " + file + " cannot be deleted", e);
      }
    }
    return deleted;
  }
}
