package io.initload.cli.command;

import io.initload.cli.shell.Wiring;
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
