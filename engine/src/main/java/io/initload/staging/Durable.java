package io.initload.staging;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Names and files that are on the disk, or off it, when a call returns. */
final class Durable {
  private Durable() {}

  /** Makes renames and new names in a directory survive a crash of the machine. */
  static void syncDirectory(@Nullable Path directory) throws IOException {
    if (directory == null) {
      return;
    }
    try {
      force(directory);
    } catch (ClosedByInterruptException e) {
      // The interrupt asks the thread to stop, not the name to be lost.
      Thread.interrupted();
      force(directory);
      Thread.currentThread().interrupt();
    }
  }

  /** Closes and deletes a file that nobody needs any more. */
  static void discard(Closeable open, Path path) {
    try {
      open.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw StagingFailures.of("delete", path, e);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
