package io.initload.cli.command;

import io.initload.Failure;
import io.initload.cli.shell.Wiring;
import io.initload.config.MigrationConfig;
import io.initload.config.Trial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A command that works on what a run did; on that of a trial, where one is named. */
public abstract class TriedCommand extends MigrationCommand {
  @Option(
      names = "--trial",
      paramLabel = "N%|N",
      converter = Size.class,
      description = "The trial that was run with --fraction N%%, or with --rows N.")
  private @Nullable Trial trial;

  protected TriedCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  final Optional<Trial> trial() {
    return Optional.ofNullable(trial);
  }

  /**
   * Checks the name of a migration, given so that none is undone or aborted by mistake.
   *
   * @param act what is to be done to it, as in "is to be undone"
   * @throws Failure {@code USAGE} for another migration's name
   */
  protected static void requireName(String confirmed, MigrationConfig config, String act) {
    if (!confirmed.equals(config.name())) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          "--confirm says %s, but the migration is %s.".formatted(confirmed, config.name()),
          "Give the name of the migration that is to be %s.".formatted(act));
    }
  }

  /** Reads both. */
  static final class Size implements ITypeConverter<Trial> {
    @Override
    public Trial convert(String text) {
      try {
        return Trial.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(text + " " + e.getMessage());
      }
    }
  }
}
