package io.initload.staging;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Permissions for files that hold data, and durability of their names. */
final class PrivateFiles {
  static final Set<PosixFilePermission> OWNER_ALL = PosixFilePermissions.fromString("rwx------");
  static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
      PosixFilePermissions.asFileAttribute(OWNER_ALL);

  private PrivateFiles() {}

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
