package io.initload.staging;

import io.initload.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Tells the unfinished files of running processes from those a crash left. Each user of the
 * directory holds a lock on a file of its own and marks its temporary files with that file's name;
 * the operating system frees the lock of a process that dies in whatever way.
 */
final class OpenFiles implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final String TEMPORARY = ".tmp";

  private final Path directory;
  private final String owner;
  private final FileChannel channel;

  private OpenFiles(Path directory, String owner, FileChannel channel) {
    this.directory = directory;
    this.owner = owner;
    this.channel = channel;
  }

  /** Takes a lock under a fresh name. */
  static OpenFiles claim(Path directory) throws IOException {
    while (true) {
      String owner = UUID.randomUUID().toString().substring(0, 8);
      Path lock = directory.resolve(owner + LOCK);
      FileChannel channel = PrivateFile.open(lock);
      channel.lock();
      if (Files.exists(lock)) {
        return new OpenFiles(directory, owner, channel);
      }
      // Another process swept the file before it was locked: take another.
      channel.close();
    }
  }

  Path temporary(Path target) {
    return directory.resolve(target.getFileName() + "." + owner + TEMPORARY);
  }

  /** Deletes the unfinished files whose owner is gone. */
  List<Path> sweep() throws IOException {
    List<Path> swept = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + TEMPORARY)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String marked = name.substring(0, name.length() - TEMPORARY.length());
        String other = marked.substring(marked.lastIndexOf('.') + 1);
        if (!alive(directory.resolve(other + LOCK)) && Files.deleteIfExists(file)) {
          swept.add(file);
        }
      }
    }
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(directory, "*" + LOCK)) {
      for (Path lock : locks) {
        if (!alive(lock)) {
          Files.deleteIfExists(lock);
        }
      }
    }
    return swept;
  }

  private boolean alive(Path lock) throws IOException {
    if (lock.getFileName().toString().equals(owner + LOCK)) {
      return true;
    }
    if (!Files.exists(lock)) {
      return false;
    }
    try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock taken = other.tryLock()) {
      return taken == null;
    } catch (OverlappingFileLockException e) {
      return true; // held by this very process
    } catch (java.nio.file.NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(directory.resolve(owner + LOCK));
    } catch (IOException e) {
      throw StagingFailures.of("close the lock of", directory, e);
    }
  }
}
