package io.initload.simulator.fault;

import io.initload.simulator.limits.Allocations;
import io.initload.simulator.settings.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The allocations of an org by the names {@code /limits} gives them, and those it does not list by
 * names of our own.
 */
public enum AllocationNames {
  DAILY_API_REQUESTS("DailyApiRequests"),
  DAILY_BULK_API_BATCHES("DailyBulkApiBatches"),
  DAILY_BULK_V2_QUERY_JOBS("DailyBulkV2QueryJobs"),
  DATA_STORAGE_MB("DataStorageMB"),
  /** Rows ingested in 24 hours; not in {@code /limits}. */
  DAILY_INGEST_RECORDS("DailyIngestRecords"),
  /** Bytes of one upload; not in {@code /limits}. */
  UPLOAD_BYTES("UploadBytes"),
  /** Long requests at a time; not in {@code /limits}. */
  LONG_REQUESTS("LongRequests");

  private final String wireName;

  AllocationNames(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Sets this allocation and leaves the others. */
  public UnaryOperator<Allocations> to(long max) {
    return switch (this) {
      case DAILY_API_REQUESTS -> allocations -> allocations.withDailyApiRequests(max);
      case DAILY_BULK_API_BATCHES -> allocations -> allocations.withDailyBatches(max);
      case DAILY_BULK_V2_QUERY_JOBS -> allocations -> allocations.withDailyQueryJobs(max);
      case DATA_STORAGE_MB -> allocations -> allocations.withDataStorage(max);
      case DAILY_INGEST_RECORDS -> allocations -> allocations.withDailyRecords(max);
      case UPLOAD_BYTES -> allocations -> allocations.withUploadBytes(max);
      case LONG_REQUESTS -> allocations -> allocations.withLongRequests((int) max);
    };
  }

  /** What this allocation is at present. */
  public long of(Allocations allocations) {
    return switch (this) {
      case DAILY_API_REQUESTS -> allocations.dailyApiRequests();
      case DAILY_BULK_API_BATCHES -> allocations.dailyBatches();
      case DAILY_BULK_V2_QUERY_JOBS -> allocations.dailyQueryJobs();
      case DATA_STORAGE_MB -> allocations.dataStorageMegabytes();
      case DAILY_INGEST_RECORDS -> allocations.dailyRecords();
      case UPLOAD_BYTES -> allocations.uploadBytes();
      case LONG_REQUESTS -> allocations.longRequests();
    };
  }

  /**
   * The allocation of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists them all
   */
  public static AllocationNames of(String wireName) {
    List<String> names = Arrays.stream(values()).map(AllocationNames::wireName).toList();
    int at = names.indexOf(wireName);
    if (at < 0) {
      throw new IllegalArgumentException(
          "no limit is named '%s'; there are %s%s"
              .formatted(wireName, names, NearestName.hint(wireName, names)));
    }
    return values()[at];
  }
}
