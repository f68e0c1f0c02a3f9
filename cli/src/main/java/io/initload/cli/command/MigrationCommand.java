package io.initload.cli.command;

import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.LogForm;
import io.initload.config.MigrationConfig;
import io.initload.config.Trial;
import io.initload.config.read.WaveFiles;
import io.initload.source.Dialects;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that works on a migration. */
@Command(mixinStandardHelpOptions = true)
public abstract class MigrationCommand implements Callable<Integer> {
  private static final Set<String> TRYING = Set.of("validate", "plan", "run");

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
    MigrationConfig file = read(options.configs());
    MigrationConfig config = trial().map(file::tried).orElse(file);
    LogForm.field("migration", config.name());
    return run(config, console, wiring.termination());
  }

  /**
   * The configuration, as far as this command takes it for granted.
   *
   * @param files of its waves, at least one
   */
  protected MigrationConfig read(List<Path> files) {
    return WaveFiles.read(files, System.getenv(), Dialects.ALL);
  }

  /** The trial that is meant; empty for the migration itself. */
  Optional<Trial> trial() {
    return Optional.empty();
  }

  /**
   * Names the command that comes next on the same migration, or the same trial of it. Not called
   * where a remedy has said what to do.
   *
   * @param more further options, with a blank before each
   */
  protected final void next(Console console, String command, String more) {
    String files =
        options.configs().stream()
            .map(file -> " -c " + word(file.toString()))
            .collect(Collectors.joining());
    console.next(command + files + trialOf(command) + more);
  }

  /** As a shell takes it for one word. */
  protected static String word(String text) {
    return text.matches("[\\w./:%+=@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private String trialOf(String command) {
    boolean tries = TRYING.contains(command);
    return trial()
        .map(
            some ->
                (tries ? (some.rows() > 0 ? " --rows " : " --fraction ") : " --trial ")
                    + some.option())
        .orElse("");
  }

  protected abstract int run(MigrationConfig config, Console console, Termination termination)
      throws Exception;
}
