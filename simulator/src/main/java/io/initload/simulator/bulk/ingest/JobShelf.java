package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.results.JobFiles;
import io.initload.simulator.bulk.results.TransactionLog;
import io.initload.simulator.journal.JobEntry;
import io.initload.simulator.store.StoreBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All ingest jobs of the org, in memory and in the store. Guarded by the lock of {@link
 * IngestJobs}.
 */
final class JobShelf {
  private static final String PREFIX = "750";
  private static final String FACT = "job/";
  private static final String LAST = "lastJob";

  private final IngestSetup setup;
  private final Path folder;
  private final TransactionLog log;
  private final TreeMap<Long, IngestJob> jobs = new TreeMap<>();
  private long lastNumber;

  JobShelf(IngestSetup setup) {
    this.setup = setup;
    this.folder = setup.store().folder("jobs");
    this.log = new TransactionLog(setup.store());
    setup.store().findFact(LAST).ifPresent(n -> lastNumber = ByteBuffer.wrap(n).getLong());
    setup
        .store()
        .eachFact(
            FACT,
            (name, json) -> {
              IngestJob job = JobJson.read(json);
              jobs.put(job.number, job);
            });
  }

  Path folder() {
    return folder;
  }

  TransactionLog log() {
    return log;
  }

  Collection<IngestJob> all() {
    return jobs.values();
  }

  IngestJob create(JobSpec spec, String userId, Instant now) {
    long number = ++lastNumber;
    String id = setup.store().records().ids().id(PREFIX, number);
    IngestJob job = new IngestJob(number, id, spec, userId, now);
    jobs.put(number, job);
    StoreBatch batch = new StoreBatch();
    byte[] last = ByteBuffer.allocate(8).putLong(number).array();
    setup.store().putFact(batch, LAST, last);
    setup.store().putFact(batch, FACT + job.id, JobJson.write(job));
    setup.store().write(batch);
    journal(job, now, job.state.apiName());
    return job;
  }

  Optional<IngestJob> find(String id) {
    if (!id.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return Optional.ofNullable(jobs.get(setup.store().records().ids().read(id)));
  }

  /** Writes down how a job is now. */
  void save(IngestJob job) {
    StoreBatch batch = new StoreBatch();
    setup.store().putFact(batch, FACT + job.id, JobJson.write(job));
    setup.store().write(batch);
  }

  /** Brings a job to a state and writes it down. */
  void change(IngestJob job, JobState state, Instant now) {
    job.state = state;
    job.modified = now;
    save(job);
    journal(job, now, state.apiName());
  }

  /** Removes a job with its data and results. */
  void remove(IngestJob job, Instant now) {
    jobs.remove(job.number);
    StoreBatch batch = new StoreBatch();
    setup.store().removeFact(batch, FACT + job.id);
    log.remove(batch, job.id);
    setup.store().write(batch);
    JobFiles.delete(folder, job.id);
    journal(job, now, "Deleted");
  }

  private void journal(IngestJob job, Instant now, String state) {
    setup
        .journal()
        .add(
            new JobEntry(
                now,
                job.id,
                job.spec.object(),
                job.spec.operation().apiName(),
                job.createdById,
                state,
                job.rows));
  }
}
