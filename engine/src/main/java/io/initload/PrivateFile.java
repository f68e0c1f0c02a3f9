package io.initload;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The one way to make a file or directory: for its owner alone, from its first moment, since all of
 * them hold data of the migration. Where a file system knows no POSIX permissions, its own rules
 * hold.
 */
public final class PrivateFile {
  private PrivateFile() {}

  /** Writes the text of a file. */
  public interface Content {
    void to(Writer out) throws IOException;
  }

  /**
   * Makes an empty file.
   *
   * @throws FileAlreadyExistsException when there is one
   */
  public static void create(Path file) throws IOException {
    Files.createFile(file, only(file, "rw-------"));
  }

  /** Makes an empty file in the place of one that may be there. */
  public static void replace(Path file) throws IOException {
    Files.deleteIfExists(file);
    create(file);
  }

  /** Makes an empty file under a name that no other has. */
  public static Path temporary(Path directory, String prefix, String suffix) throws IOException {
    return Files.createTempFile(directory, prefix, suffix, only(directory, "rw-------"));
  }

  /**
   * Makes an empty file and opens it to be written; the caller closes it.
   *
   * @throws FileAlreadyExistsException when there is one
   */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        only(file, "rw-------"));
  }

  /** Makes a directory, and those above it that are missing; leaves one alone that is there. */
  public static void directory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, only(directory, "rwx------"));
    }
  }

  /** Writes a file in the place of one that may be there: as a whole or not at all. */
  public static void write(Path file, String text) throws IOException {
    write(file, out -> out.write(text));
  }

  /** Writes a file in the place of one that may be there: as a whole or not at all. */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException("not a file");
    }
    Path part = temporary(directory, "." + target.getFileName() + "-", ".part");
    try {
      try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
        content.to(out);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static FileAttribute<?>[] only(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
