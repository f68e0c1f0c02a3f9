package io.initload.cli.command;

import io.initload.cli.shell.Wiring;
import io.initload.config.Trial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A command that can be asked for a trial of the migration. */
abstract class TryingCommand extends MigrationCommand {
  @ArgGroup private @Nullable Size size;

  TryingCommand(Wiring wiring) {
    super(wiring);
  }

  /** The one or the other. */
  private static final class Size {
    @Option(
        names = "--fraction",
        paramLabel = "N%",
        converter = Fraction.class,
        description =
            "A trial under a name of its own: about so much of each table, by a hash of its keys,"
                + " with the children of its rows and all that they name.")
    private @Nullable Trial fraction;

    @Option(
        names = "--rows",
        paramLabel = "N",
        converter = Rows.class,
        description =
            "A trial under a name of its own: the first rows of each table that looks none up, with"
                + " their children and all that they name.")
    private @Nullable Trial rows;
  }

  @Override
  final Optional<Trial> trial() {
    return Optional.ofNullable(size)
        .flatMap(
            given -> Optional.ofNullable(given.fraction).or(() -> Optional.ofNullable(given.rows)));
  }

  /** Reads {@code 1%}. */
  static final class Fraction implements ITypeConverter<Trial> {
    @Override
    public Trial convert(String text) {
      try {
        return Trial.fraction(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(text + " " + e.getMessage());
      }
    }
  }

  /** Reads {@code 500}. */
  static final class Rows implements ITypeConverter<Trial> {
    @Override
    public Trial convert(String text) {
      try {
        return Trial.rows(Integer.parseInt(text));
      } catch (NumberFormatException e) {
        throw new TypeConversionException(text + " is not a number of rows, as 500");
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(text + " " + e.getMessage());
      }
    }
  }
}
