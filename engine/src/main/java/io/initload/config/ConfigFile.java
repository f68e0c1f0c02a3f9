package io.initload.config;

import io.initload.config.ConfigException.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads a configuration file: YAML, {@code ${NAME}} replaced by environment variables, checked as a
 * whole. {@code docs/configuration.md} and the JSON schema beside this class describe every
 * setting. Stateless.
 *
 * <p>Relative paths in the file are kept as they are, so that they are relative to the working
 * directory, as paths on the command line and in {@code jdbc:sqlite:} URLs are.
 */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads and checks a file.
   *
   * @param environment where {@code ${NAME}} is looked up
   * @throws ConfigException with every fault of the file at once; it holds no value that came from
   *     the environment and no secret
   */
  public static MigrationConfig read(Path file, Map<String, String> environment) {
    return parse(file.toString(), bytes(file), new Reading(environment));
  }

  static MigrationConfig parse(String name, byte[] bytes, Reading reading) {
    MigrationConfig config =
        new MigrationBinder().bind(new Section(reading, YamlTree.compose(name, bytes)));
    List<Problem> problems = reading.finish();
    if (!problems.isEmpty()) {
      throw new ConfigException(name, problems);
    }
    return config;
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file (working directory: %s)", e);
    } catch (AccessDeniedException e) {
      throw unreadable(file, "this user may not read the file (working directory: %s)", e);
    } catch (IOException e) {
      String why = Files.isDirectory(file) ? "is a directory" : "cannot be read";
      throw unreadable(file, why + " (working directory: %s)", e);
    }
  }

  private static ConfigException unreadable(Path file, String message, IOException cause) {
    Problem problem = new Problem(0, "", message.formatted(Path.of("").toAbsolutePath()));
    ConfigException failure = new ConfigException(file.toString(), List.of(problem));
    failure.initCause(cause);
    return failure;
  }
}
