package io.initload.config.read;

import io.initload.Failure;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a configuration file, at once. */
public final class ConfigException extends Failure {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * One fault.
   *
   * @param line one-based line of the file; 0 when no line can be named
   * @param path the setting, for example {@code tables[2].externalId}
   */
  public record Problem(int line, String path, String message) {}

  public ConfigException(String file, List<Problem> problems) {
    super(
        Kind.CONFIGURATION,
        "CONFIG",
        problems.stream()
            .map(
                p ->
                    (p.line() > 0 ? file + ":" + p.line() : file)
                        + ": "
                        + (p.path().isEmpty() ? "" : p.path() + ": ")
                        + p.message())
            .collect(Collectors.joining(System.lineSeparator())),
        "Mend the file and run the same command again.");
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
