package io.initload.simulator.bulk.results;

import io.initload.simulator.store.ByteSink;
import io.initload.simulator.store.OrgStore;
import io.initload.simulator.store.StoreBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which transactions of a job are done and where their results lie, kept in the store in the same
 * batch as the records they wrote.
 */
public final class TransactionLog {
  private static final String FACT = "rows/";

  /** So that transactions sort by their number. */
  private static final int DIGITS = 7;

  private final OrgStore store;

  public TransactionLog(OrgStore store) {
    this.store = store;
  }

  /**
   * One transaction that is done.
   *
   * @param rows rows attempted
   * @param failed rows refused
   * @param successAt where its successful rows lie in the file of results
   * @param failedAt where its failed rows lie
   */
  public record Done(
      int transaction,
      int rows,
      int failed,
      long successAt,
      int successLength,
      long failedAt,
      int failedLength) {}

  public void add(StoreBatch batch, String jobId, Done done) {
    ByteSink value = new ByteSink(32);
    value.putBigEndian(done.rows(), 4);
    value.putBigEndian(done.failed(), 4);
    value.putBigEndian(done.successAt(), 8);
    value.putBigEndian(done.successLength(), 4);
    value.putBigEndian(done.failedAt(), 8);
    value.putBigEndian(done.failedLength(), 4);
    store.putFact(batch, key(jobId, done.transaction()), value.toByteArray());
  }

  public List<Done> of(String jobId) {
    List<Done> all = new ArrayList<>();
    String prefix = FACT + jobId + "/";
    store.eachFact(
        prefix,
        (name, value) -> {
          ByteBuffer in = ByteBuffer.wrap(value);
          all.add(
              new Done(
                  Integer.parseInt(name.substring(prefix.length())),
                  in.getInt(),
                  in.getInt(),
                  in.getLong(),
                  in.getInt(),
                  in.getLong(),
                  in.getInt()));
        });
    return all;
  }

  public void remove(StoreBatch batch, String jobId) {
    String prefix = FACT + jobId + "/";
    store.eachFact(prefix, (name, value) -> store.removeFact(batch, name));
  }

  private static String key(String jobId, int transaction) {
    String digits = Integer.toString(transaction);
    return FACT + jobId + "/" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
  }
}
