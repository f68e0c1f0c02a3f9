package io.initload.cli.init;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.cli.shell.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A directory that is not there yet, and never takes the place of another one. */
final class NewDirectory {
  private final Path directory;

  private NewDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * @throws Failure {@code INIT_EXISTS} when there is one
   */
  static NewDirectory at(Path directory) {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "INIT_EXISTS",
          "%s is there already, and is left as it is.".formatted(directory.toAbsolutePath()),
          "Name another directory by --deploy, or move that one away.");
    }
    return new NewDirectory(directory);
  }

  /** Writes texts by their paths in the directory. */
  void write(Map<String, String> files) {
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = directory.resolve(file.getKey());
        PrivateFile.directory(Objects.requireNonNull(path.getParent()));
        PrivateFile.write(path, file.getValue());
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "INIT_FILE",
          "%s cannot be written: %s.".formatted(directory.toAbsolutePath(), FileTrouble.words(e)),
          "Name a directory that can be made by --deploy.",
          e);
    }
  }
}
