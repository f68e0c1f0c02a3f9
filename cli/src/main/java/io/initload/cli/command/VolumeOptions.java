package io.initload.cli.command;

import io.initload.cli.text.LogForm;
import io.initload.cli.text.Volume;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How much a command says. */
public final class VolumeOptions {
  @ArgGroup private @Nullable Chosen chosen;

  /** The one or the other. */
  private static final class Chosen {
    @Option(
        names = {"-q", "--quiet"},
        description = "Say nothing but warnings, errors and the result.")
    private boolean quiet;

    @Option(
        names = {"-v", "--verbose"},
        description = "Log each call to the org, each job and each chunk on stderr too.")
    private boolean verbose;

    private Volume volume() {
      return quiet ? Volume.QUIET : verbose ? Volume.VERBOSE : Volume.NORMAL;
    }
  }

  /** What was asked for; the log goes by it from now on. */
  public Volume apply() {
    Volume volume = chosen == null ? Volume.NORMAL : chosen.volume();
    LogForm.volume(volume);
    return volume;
  }
}
