package io.initload.cli.shell;

import io.initload.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why a file cannot be used, in words for people. */
public final class FileTrouble {
  private FileTrouble() {}

  /**
   * Files cannot be written into a directory that the user named.
   *
   * @param code of the failure
   * @param what is written, with its verb's number: {@code The keys}
   */
  public static Failure unwritten(String code, String what, Path directory, IOException e) {
    return new Failure(
        Failure.Kind.PLATFORM,
        code,
        "%s cannot be written to %s: %s.".formatted(what, directory.toAbsolutePath(), words(e)),
        "Name a directory that may be written and has room.",
        e);
  }

  public static String words(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return reason == null ? "it cannot be used" : reason;
  }
}
