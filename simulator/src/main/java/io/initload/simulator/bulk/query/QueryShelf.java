package io.initload.simulator.bulk.query;

import io.initload.simulator.bulk.JobState;
import io.initload.simulator.query.PageFile;
import io.initload.simulator.store.OrgStore;
import io.initload.simulator.store.StoreBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All query jobs of the org, in memory and in the store. Guarded by the lock of {@link QueryJobs}.
 */
final class QueryShelf {
  private static final String PREFIX = "750";

  /** Ids of query and ingest jobs share a prefix: the numbers of query jobs start far above. */
  private static final long FIRST_NUMBER = 62L * 62 * 62 * 62 * 62 * 62 * 62;

  private static final String FACT = "queryJob/";
  private static final String LAST = "lastQueryJob";

  private final OrgStore store;
  private final Path folder;
  private final TreeMap<Long, QueryJob> jobs = new TreeMap<>();
  private long lastNumber = FIRST_NUMBER;

  QueryShelf(OrgStore store) {
    this.store = store;
    this.folder = store.folder("queries");
    store.findFact(LAST).ifPresent(number -> lastNumber = ByteBuffer.wrap(number).getLong());
    store.eachFact(
        FACT,
        (name, json) -> {
          QueryJob job = QueryJobJson.read(json);
          jobs.put(job.number, job);
        });
  }

  Path folder() {
    return folder;
  }

  PageFile file(QueryJob job) {
    return new PageFile(folder.resolve(job.id + ".csv"));
  }

  Collection<QueryJob> all() {
    return jobs.values();
  }

  QueryJob create(
      QueryRequest request, String object, boolean pkChunking, String userId, Instant now) {
    long number = ++lastNumber;
    String id = store.records().ids().id(PREFIX, number);
    QueryJob job = new QueryJob(number, id, request, object, userId, now, pkChunking);
    jobs.put(number, job);
    StoreBatch batch = new StoreBatch();
    store.putFact(batch, LAST, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    store.putFact(batch, FACT + id, QueryJobJson.write(job));
    store.write(batch);
    return job;
  }

  Optional<QueryJob> find(String id) {
    return id.startsWith(PREFIX)
        ? Optional.ofNullable(jobs.get(store.records().ids().read(id)))
        : Optional.empty();
  }

  /** Brings a job to a state and writes it down. */
  void change(QueryJob job, JobState state, Instant now) {
    job.state = state;
    job.modified = now;
    StoreBatch batch = new StoreBatch();
    store.putFact(batch, FACT + job.id, QueryJobJson.write(job));
    store.write(batch);
  }

  /** Removes a job with its results. */
  void remove(QueryJob job) {
    jobs.remove(job.number);
    StoreBatch batch = new StoreBatch();
    store.removeFact(batch, FACT + job.id);
    store.write(batch);
    file(job).delete();
  }
}
