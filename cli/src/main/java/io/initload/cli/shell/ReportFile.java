package io.initload.cli.shell;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.pipeline.prove.Certificate;
import io.initload.report.ReportPage;
import java.io.IOException;
import java.nio.file.Path;

/** A certificate as a page that only its owner may read. */
public final class ReportFile {
  private ReportFile() {}

  /**
   * Writes the page in the place of one that may be there.
   *
   * @throws Failure {@code REPORT_FILE} when it cannot be written
   */
  public static void write(Certificate certificate, Path file) {
    try {
      PrivateFile.write(file, ReportPage.html(certificate));
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "REPORT_FILE",
          "The report cannot be written to %s: %s."
              .formatted(file.toAbsolutePath(), FileTrouble.words(e)),
          "Name a file in a directory that exists and may be written.",
          e);
    }
  }
}
