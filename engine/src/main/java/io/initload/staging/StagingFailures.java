package io.initload.staging;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.Failure.Reach;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/** What a disk's error means for the operator. */
final class StagingFailures {
  private StagingFailures() {}

  static Failure of(String doing, Path path, IOException e) {
    String detail = e.getMessage() == null ? e.toString() : e.getMessage();
    String lower = detail.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("quota exceeded")) {
      return new Failure(
          Reach.RUN,
          Kind.PLATFORM,
          "STAGING_DISK_FULL",
          "The disk of the staging directory is full: cannot %s %s.".formatted(doing, path),
          "Free space there, or lower staging.maxBytes, and run the same command again: it goes on"
              + " where it stopped.",
          e);
    }
    if (e instanceof AccessDeniedException || lower.contains("permission denied")) {
      return new Failure(
          Reach.RUN,
          Kind.PLATFORM,
          "STAGING_DIRECTORY",
          "Cannot %s %s: permission denied.".formatted(doing, path),
          "Let staging.directory name a directory that this user owns.",
          e);
    }
    return new Failure(
        Reach.RUN,
        Kind.PLATFORM,
        "STAGING_IO",
        "Cannot %s %s: %s.".formatted(doing, path, detail),
        "Look at the disk of staging.directory, then run the same command again.",
        e);
  }

  static Failure corrupt(Path path, String difference) {
    return new Failure(
        Kind.FAILED,
        "STAGING_CORRUPT",
        "The staged file %s is not the one that was sealed: %s.".formatted(path, difference),
        "Delete it and run the same command again: its chunk is extracted once more.");
  }
}
