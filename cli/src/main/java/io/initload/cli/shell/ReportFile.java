package io.initload.cli.shell;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.Times;
import io.initload.ledger.Ledger;
import io.initload.pipeline.prove.Certificate;
import io.initload.report.ReportPage;
import io.initload.report.RunHistory;
import java.io.IOException;
import java.nio.file.Path;

/** Reports as files that only their owner may read. */
public final class ReportFile {
  private ReportFile() {}

  /**
   * Writes the page in the place of one that may be there.
   *
   * @throws Failure {@code REPORT_FILE} when it cannot be written
   */
  public static void write(Certificate certificate, Ledger ledger, Path file) {
    write(ReportPage.html(certificate, RunHistory.of(ledger), Times.ofUser()), file);
  }

  /** As {@link #write(Certificate, Ledger, Path)}, of any text. */
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
