package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartKind;
import io.initload.ledger.entry.Worker;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The staged file of a part the ledger knows. */
public final class StagedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);

  private StagedFiles() {}

  /** Whether this worker has the file, as it was sealed. */
  public static boolean here(Part part, Worker worker) {
    return part.host().equals(worker.host()) && intact(part);
  }

  /** Whether the file is the one that was sealed; the log has what it is else. */
  public static boolean intact(Part part) {
    try {
      of(part).verify();
      return true;
    } catch (Failure e) {
      if (!e.code().equals("STAGING_CORRUPT")) {
        throw e;
      }
      LOG.warn("{} What is not loaded of it is taken up again.", e.getMessage());
      return false;
    }
  }

  /**
   * A file of a chunk that was read, for the books.
   *
   * @param name what the writer was opened with
   * @param attempt how often its rows were carried by a job before
   */
  public static NewPart read(
      Chunk chunk, String name, Worker worker, SealedPart part, int attempt) {
    return new NewPart(
        OptionalLong.of(chunk.no()),
        PartKind.DATA,
        "%s-%03d".formatted(name, part.number()),
        worker.host(),
        part.path(),
        part.rows(),
        part.csvBytes(),
        part.gzipBytes(),
        part.sha256(),
        attempt,
        false);
  }

  public static StagedPart of(Part part) {
    return new StagedPart(
        new SealedPart(
            0, part.path(), part.rows(), part.csvBytes(), part.gzipBytes(), part.sha256()));
  }
}
