package io.initload.pipeline;

import io.initload.Failure;
import io.initload.pipeline.work.SourceCheck;
import io.initload.pipeline.work.StrayFiles;
import io.initload.pipeline.work.Workbench;

/** What is asked before a command reads anything: whether all that it opened belongs together. */
public final class FirstLook {
  private FirstLook() {}

  /**
   * Looks; changes nothing.
   *
   * @throws Failure {@code LEDGER_OTHER_SOURCE}
   */
  public static void at(Workbench bench) {
    new SourceCheck(bench).look();
  }

  /** Puts aside what the ledger does not know of this migration, as a person has asked for. */
  public static void beginAnew(Workbench bench) {
    new StrayFiles(bench).setAside();
  }
}
