package io.initload.simulator.http;

import java.time.Duration;

/**
 * How the org answers on the wire where that is not confirmed. Immutable.
 *
 * @param uploadGzip what happens to a gzip body of an upload
 * @param createStatus HTTP status of a created ingest job, 200 or 201
 * @param limitInfo on which answers {@code Sforce-Limit-Info} stands
 * @param multipartMax characters of a multipart create
 * @param recordCountLag how stale approximate record counts may be
 */
public record WireRules(
    UploadGzip uploadGzip,
    int createStatus,
    LimitInfo limitInfo,
    int multipartMax,
    Duration recordCountLag) {

  /** What happens to a gzip body of an upload (docs/reference/salesforce.md, "Compression"). */
  public enum UploadGzip {
    /** It is decompressed, as REST does with all requests. */
    DECODE,
    /** It is refused with 415. */
    REJECT,
    /** The compressed bytes are taken for CSV; the job fails later. */
    STORE_RAW
  }

  /** On which answers {@code Sforce-Limit-Info} stands. */
  public enum LimitInfo {
    ALL,
    NOT_BULK
  }

  /** The best reading of docs/reference/salesforce.md. */
  public static WireRules defaults() {
    return new WireRules(UploadGzip.DECODE, 200, LimitInfo.ALL, 100_000, Duration.ofMinutes(5));
  }
}
