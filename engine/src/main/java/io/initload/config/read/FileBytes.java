package io.initload.config.read;

import io.initload.config.read.ConfigException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The files that a configuration is: itself, and those of its maps. */
final class FileBytes {
  private FileBytes() {}

  static byte[] of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // One more than it may have tells that it has too many.
      return in.readNBytes(YamlBounds.BYTES_MAX + 1);
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
