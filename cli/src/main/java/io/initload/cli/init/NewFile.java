package io.initload.cli.init;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.cli.shell.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A file that is not there yet, and is never written over another one. */
final class NewFile {
  private final Path file;

  private NewFile(Path file) {
    this.file = file;
  }

  /**
   * @throws Failure {@code INIT_EXISTS} when there is one
   */
  static NewFile at(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(file);
    }
    return new NewFile(file);
  }

  /** What a file has that was read already. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes both texts, one behind the other, as one file. */
  void write(String first, String second) {
    String gap = first.isEmpty() || first.endsWith("\n") ? "" : "\n";
    ByteBuffer bytes = ByteBuffer.wrap((first + gap + second).getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel = PrivateFile.open(file)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "INIT_FILE",
          "%s cannot be written: %s.".formatted(file.toAbsolutePath(), FileTrouble.words(e)),
          "Name a file in a directory that exists and may be written by --output.",
          e);
    }
  }

  private static Failure exists(Path file) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "INIT_EXISTS",
        "%s is there already, and is left as it is.".formatted(file.toAbsolutePath()),
        "Name another file by --output, or move that one away.");
  }
}
