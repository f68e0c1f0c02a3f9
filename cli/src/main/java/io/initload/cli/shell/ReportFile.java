package io.initload.cli.shell;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.Times;
import io.initload.pipeline.prove.Certificate;
import io.initload.report.ProfileDocument;
import io.initload.report.ReportPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reports as files that only their owner may read. */
public final class ReportFile {
  private ReportFile() {}

  /**
   * Writes the page in the place of one that may be there.
   *
   * @throws Failure {@code REPORT_FILE} when it cannot be written
   */
  public static void write(Certificate certificate, Path file) {
    write(ReportPage.html(certificate), file);
  }

  /** As {@link #write(Certificate, Path)}, with what was told of the rows, where it was kept. */
  public static void write(Certificate certificate, Optional<String> told, Path file) {
    write(ReportPage.html(certificate, told.flatMap(ProfileDocument::read), Times.ofUser()), file);
  }

  /** As {@link #write(Certificate, Path)}, of any text. */
  public static void write(String text, Path file) {
    try {
      PrivateFile.write(file, text);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  static Failure unwritable(Path file, IOException e) {
    return new Failure(
        Failure.Kind.PLATFORM,
        "REPORT_FILE",
        "The report cannot be written to %s: %s."
            .formatted(file.toAbsolutePath(), FileTrouble.words(e)),
        "Name a file in a directory that exists and may be written.",
        e);
  }
}
