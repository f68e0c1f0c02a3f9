package io.initload.pipeline;

import io.initload.config.TargetConfig;
import io.initload.simulator.bulk.ingest.IngestRules;
import io.initload.simulator.http.WireRules;
import java.util.SplittableRandom;

/**
 * Everything one seed decides about the world it plays in.
 *
 * @param customers rows of the parent table
 * @param sales rows of the child table
 * @param chunkRows rows a chunk aims at
 * @param partBytes uncompressed bytes of a part: small, so that chunks have several parts
 * @param slots jobs the configuration allows at once
 * @param dailyRecords records the configuration allows in 24 h
 * @param dailyBatches batches the configuration allows in 24 h
 * @param retries rounds for rows refused for a transient reason
 * @param crashShare of the checkpoints at which the process dies
 * @param faultShare of the requests and jobs that something befalls
 * @param workers processes that work side by side, each on hosts of its own
 * @param undo whether the migration is taken back when it is done
 * @param badShare of the rows that the org must refuse or that cannot be staged
 * @param moveShare of the processes that start on another host than the one before them, whose disk
 *     is out of reach
 * @param transactionRows rows the org writes or takes back together
 * @param stray what the org does where a real one may do either
 * @param othersBursts how often others use up some of what the org allows
 * @param linked whether the parent table looks up itself
 * @param writtenOnce whether its rows are written once, so that they are loaded by levels
 * @param inserted whether the child table's object has no external id, so that its rows are
 *     inserted; of one process on one host, since a part in doubt elsewhere waits for a person
 * @param wishes how often a person pauses the migration, or aborts it
 * @param resets how often a table is loaded anew when all is loaded; where there are wishes too,
 *     now and then also in the middle
 * @param remapped whether the last time by another mapping
 * @param inWaves whether each table is in a file of its own, and the files are run one after
 *     another
 * @param orphans what the configuration says of rows that name a parent who is no row
 */
record Scenario(
    long seed,
    int customers,
    int sales,
    int chunkRows,
    long partBytes,
    int slots,
    long dailyRecords,
    long dailyBatches,
    int retries,
    double crashShare,
    double faultShare,
    double badShare,
    double moveShare,
    int workers,
    boolean undo,
    int transactionRows,
    Stray stray,
    int othersBursts,
    boolean linked,
    boolean writtenOnce,
    Orphans orphans,
    boolean inserted,
    int wishes,
    int resets,
    boolean remapped,
    boolean inWaves) {

  /** What becomes of rows that name a parent who is no row. */
  enum Orphans {
    /** Nothing is said of them: they are sent, and the org judges. */
    JUDGED,
    /** None is sent. */
    REJECTED,
    /** Those are sent without the lookup that can do without it; others are not. */
    EMPTIED
  }

  /** What orgs may do in two ways. */
  record Stray(
      WireRules.UploadGzip uploadGzip,
      IngestRules.BatchesExhausted batchesExhausted,
      IngestRules.BrokenUpload brokenUpload,
      IngestRules.RepeatedClose repeatedClose,
      TargetConfig.Compression compression) {
    private static Stray draw(SplittableRandom random) {
      var gzip = one(random, WireRules.UploadGzip.values());
      var compression = one(random, TargetConfig.Compression.values());
      boolean refused =
          compression == TargetConfig.Compression.GZIP && gzip != WireRules.UploadGzip.DECODE;
      return new Stray(
          gzip,
          one(random, IngestRules.BatchesExhausted.values()),
          one(random, IngestRules.BrokenUpload.values()),
          one(random, IngestRules.RepeatedClose.values()),
          refused ? TargetConfig.Compression.AUTO : compression);
    }

    private static <T> T one(SplittableRandom random, T[] values) {
      return values[random.nextInt(values.length)];
    }
  }

  /** Of orphans a file can say something where it has the parents as well. */
  boolean waves() {
    return inWaves && orphans == Orphans.JUDGED;
  }

  /** The field by which sales are known in the org. */
  String saleKey() {
    return inserted ? "Row__c" : "External_ID__c";
  }

  /** Whether the parent table's lookups into itself are set by a pass of their own. */
  boolean linkedLater() {
    return linked && !writtenOnce;
  }

  static Scenario draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
    int customers = 5 + random.nextInt(30);
    int sales = 10 + random.nextInt(110);
    int rows = customers + sales;
    boolean tight = random.nextInt(3) == 0;
    double moveShare = random.nextInt(2) == 0 ? 0 : random.nextDouble() * 0.5;
    int workers = random.nextInt(3) == 0 ? 2 : 1;
    return new Scenario(
        seed,
        customers,
        sales,
        10 + random.nextInt(60),
        partBytes(random, tight ? rows / 2 + 40 : Integer.MAX_VALUE),
        1 + random.nextInt(4),
        tight ? rows / 2 + 40 : 150_000_000,
        tight ? 6 + random.nextInt(10) : 15_000,
        2 + random.nextInt(3),
        random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.06,
        random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.10,
        random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.10,
        moveShare,
        workers,
        moveShare == 0 && workers == 1 && random.nextInt(2) == 0,
        random.nextInt(3) == 0 ? 200 : 1 + random.nextInt(20),
        Stray.draw(random),
        tight && random.nextBoolean() ? 1 + random.nextInt(3) : 0,
        random.nextInt(3) == 0,
        random.nextInt(2) == 0,
        Orphans.values()[random.nextInt(Orphans.values().length)],
        moveShare == 0 && workers == 1 && random.nextInt(2) == 0,
        random.nextInt(2) == 0 ? 0 : 1 + random.nextInt(3),
        random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(2),
        random.nextBoolean(),
        random.nextInt(3) > 0);
  }

  /** No part may hold more rows than a day allows, the shortest being 19 bytes: an id and a LF. */
  private static long partBytes(SplittableRandom random, int dailyRecords) {
    return Math.min(400 + random.nextInt(4_000), 19L * dailyRecords);
  }
}
