package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.bulk.csv.UploadScanner;
import io.initload.simulator.bulk.results.JobFiles;
import io.initload.simulator.dml.ColumnPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Makes a job's upload ready to be processed: its header is read, its columns get a meaning. */
final class JobOpening {
  /** Characters of a row, its quotes and delimiters counted, its line end not. */
  private static final int ROW_CHARACTERS_MAX = UploadIndex.WIDE_BYTES;

  private final IngestSetup setup;
  private final JobShelf shelf;

  JobOpening(IngestSetup setup, JobShelf shelf) {
    this.setup = setup;
    this.shelf = shelf;
  }

  /**
   * What is to be processed, nothing if there are no rows. Owned by the caller, who closes its
   * files.
   *
   * @throws JobFailure if the upload as a whole cannot be processed
   */
  Optional<JobWork> work(IngestJob job) throws JobFailure {
    if (!job.uploaded) {
      return Optional.empty();
    }
    UploadIndex index = index(job);
    JobFiles files = JobFiles.open(shelf.folder(), job.id);
    Optional<JobWork> work = Optional.empty();
    try {
      job.header = header(files, index);
      if (index.rows() > 0) {
        work = Optional.of(new JobWork(index, files, plan(job, index, files), columns(job)));
      }
      return work;
    } finally {
      if (work.isEmpty()) {
        files.close();
      }
    }
  }

  private UploadIndex index(IngestJob job) {
    UploadIndex known = job.index;
    return known == null
        ? UploadScanner.scan(
            JobFiles.upload(shelf.folder(), job.id),
            job.spec.columnDelimiter(),
            setup.rules().transactionRows())
        : known;
  }

  private static String header(JobFiles files, UploadIndex index) {
    byte[] line = new byte[(int) index.headerEnd()];
    files.read(line, line.length, 0);
    return withoutLineEnd(new String(line, StandardCharsets.UTF_8));
  }

  private static String withoutLineEnd(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return line.substring(0, end);
  }

  private ColumnPlan plan(IngestJob job, UploadIndex index, JobFiles files) throws JobFailure {
    ColumnPlan plan = HeaderReader.plan(setup.schema(), job.spec, setup.rules(), index, job.header);
    for (UploadIndex.WideRow row : index.wideRows()) {
      byte[] text = new byte[row.bytes()];
      files.read(text, text.length, row.start());
      if (characters(text) > ROW_CHARACTERS_MAX) {
        throw new JobFailure(
            "ClientInputError : A row is longer than " + ROW_CHARACTERS_MAX + " characters");
      }
    }
    return plan;
  }

  /** Characters as Java counts them: what UTF-8 needs four bytes for is two. */
  private static int characters(byte[] text) {
    return withoutLineEnd(new String(text, StandardCharsets.UTF_8)).length();
  }

  private List<String> columns(IngestJob job) {
    return HeaderReader.columns(
        job.header, job.spec.columnDelimiter(), setup.rules().byteOrderMark());
  }
}
