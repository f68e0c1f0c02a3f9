package io.initload.simulator.limits;

import java.time.Duration;

/**
 * What the org may use (docs/reference/salesforce.md, "Limits"). Immutable.
 *
 * @param dailyApiRequests requests in any 24 hours
 * @param dailyRecords ingested rows in any 24 hours
 * @param dailyBatches internal batches in any 24 hours
 * @param dailyQueryJobs bulk query jobs in any 24 hours
 * @param dailyQueryMegabytes bulk query results in any 24 hours
 * @param uploadBytes raw bytes of one upload, counted after decompression; 150 MB of base64 are
 *     112.5 MB raw
 * @param longRequests requests that may have lasted longer than {@code longRequestAfter} at a time
 * @param longRequestAfter org time from which a request counts as long
 * @param dataStorageMegabytes room for records
 */
public record Allocations(
    long dailyApiRequests,
    long dailyRecords,
    long dailyBatches,
    long dailyQueryJobs,
    long dailyQueryMegabytes,
    long uploadBytes,
    int longRequests,
    Duration longRequestAfter,
    long dataStorageMegabytes) {
  /** Most records take this many bytes of data storage, whatever they hold. */
  public static final long BYTES_PER_RECORD = 2048;

  /** How many records fit the data storage. */
  public long records() {
    return dataStorageMegabytes * 1_000_000 / BYTES_PER_RECORD;
  }

  /** A full sandbox: 5,000,000 requests, 150,000,000 rows, 15,000 batches a day. */
  public static Allocations fullSandbox() {
    return new Allocations(
        5_000_000,
        150_000_000,
        15_000,
        10_000,
        976_562,
        150_000_000L * 3 / 4,
        25,
        Duration.ofSeconds(20),
        1_000_000);
  }

  public Allocations withDailyApiRequests(long requests) {
    return new Allocations(
        requests,
        dailyRecords,
        dailyBatches,
        dailyQueryJobs,
        dailyQueryMegabytes,
        uploadBytes,
        longRequests,
        longRequestAfter,
        dataStorageMegabytes);
  }

  public Allocations withDailyRecords(long records) {
    return new Allocations(
        dailyApiRequests,
        records,
        dailyBatches,
        dailyQueryJobs,
        dailyQueryMegabytes,
        uploadBytes,
        longRequests,
        longRequestAfter,
        dataStorageMegabytes);
  }

  public Allocations withDailyBatches(long batches) {
    return new Allocations(
        dailyApiRequests,
        dailyRecords,
        batches,
        dailyQueryJobs,
        dailyQueryMegabytes,
        uploadBytes,
        longRequests,
        longRequestAfter,
        dataStorageMegabytes);
  }

  public Allocations withDailyQueryJobs(long jobs) {
    return new Allocations(
        dailyApiRequests,
        dailyRecords,
        dailyBatches,
        jobs,
        dailyQueryMegabytes,
        uploadBytes,
        longRequests,
        longRequestAfter,
        dataStorageMegabytes);
  }

  public Allocations withUploadBytes(long bytes) {
    return new Allocations(
        dailyApiRequests,
        dailyRecords,
        dailyBatches,
        dailyQueryJobs,
        dailyQueryMegabytes,
        bytes,
        longRequests,
        longRequestAfter,
        dataStorageMegabytes);
  }

  public Allocations withLongRequests(int requests) {
    return new Allocations(
        dailyApiRequests,
        dailyRecords,
        dailyBatches,
        dailyQueryJobs,
        dailyQueryMegabytes,
        uploadBytes,
        requests,
        longRequestAfter,
        dataStorageMegabytes);
  }

  public Allocations withDataStorage(long megabytes) {
    return new Allocations(
        dailyApiRequests,
        dailyRecords,
        dailyBatches,
        dailyQueryJobs,
        dailyQueryMegabytes,
        uploadBytes,
        longRequests,
        longRequestAfter,
        megabytes);
  }
}
