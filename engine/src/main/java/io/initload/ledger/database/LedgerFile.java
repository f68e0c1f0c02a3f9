package io.initload.ledger.database;

import io.initload.Failure;
import io.initload.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The file that a SQLite ledger lies in. */
final class LedgerFile {
  static final String SQLITE = "jdbc:sqlite:";

  private LedgerFile() {}

  /**
   * The file of a URL. What SQLite takes for a URI, for its memory or for settings would be no
   * file, or another one than was made private.
   *
   * @throws Failure {@code LEDGER_URL} when it names none
   */
  static Path of(String url) {
    String name = url.substring(SQLITE.length());
    if (name.isBlank() || name.startsWith(":") || name.startsWith("file:") || name.contains("?")) {
      throw noFile(url);
    }
    try {
      return Path.of(name).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw noFile(url);
    }
  }

  /**
   * Whether the file, or the directory that takes its log, cannot be written: SQLite says of
   * neither more than that it cannot open it.
   */
  static boolean unwritable(Path file) {
    Path there = file;
    for (Path above = file; above != null && !Files.exists(there); above = above.getParent()) {
      there = above;
    }
    Path directory = file.getParent();
    boolean log = directory != null && Files.exists(directory) && !Files.isWritable(directory);
    return log || !Files.isWritable(there);
  }

  /** Makes the file, for its owner alone, where there is none. */
  static void make(Path file) throws IOException {
    try {
      Path directory = file.getParent();
      if (directory != null) {
        PrivateFile.directory(directory);
      }
      if (!Files.exists(file)) {
        PrivateFile.create(file);
      }
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker; the ledger is one for both.
      return;
    }
  }

  private static Failure noFile(String url) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "LEDGER_URL",
        "ledger.url names no file: " + url,
        "Write jdbc:sqlite: and the path of a file, without settings: the ledger has to outlive the"
            + " process.");
  }
}
