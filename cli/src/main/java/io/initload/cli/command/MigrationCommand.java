package io.initload.cli.command;

import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.LogForm;
import io.initload.config.MigrationConfig;
import io.initload.config.Trial;
import io.initload.config.read.ConfigFile;
import io.initload.source.Dialects;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that works on a migration. */
@Command(mixinStandardHelpOptions = true)
public abstract class MigrationCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Mixin private CommonOptions options = new CommonOptions();

  protected MigrationCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  /** Whether the reader of this command is a program. */
  public boolean json() {
    return options.json();
  }

  @Override
  public final Integer call() throws Exception {
    Console console = wiring.console(options.json(), options.volume());
    MigrationConfig file = read(options.config());
    MigrationConfig config = trial().map(file::tried).orElse(file);
    LogForm.field("migration", config.name());
    return run(config, console, wiring.termination());
  }

  /** The configuration, as far as this command takes it for granted. */
  protected MigrationConfig read(Path file) {
    return ConfigFile.read(file, System.getenv(), Dialects.ALL);
  }

  /** The trial that is meant; empty for the migration itself. */
  Optional<Trial> trial() {
    return Optional.empty();
  }

  protected abstract int run(MigrationConfig config, Console console, Termination termination)
      throws Exception;
}
