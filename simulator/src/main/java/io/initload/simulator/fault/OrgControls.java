package io.initload.simulator.fault;

/** What a fault may do to an org besides spoiling answers. Safe for several threads. */
public interface OrgControls {
  /** Ends all sessions: every token handed out so far is answered with 401 from now on. */
  void revokeSessions();

  /**
   * Sets what is allowed under a name of {@code /limits} ({@code DailyApiRequests}, {@code
   * DailyBulkApiBatches}...); what is used stays counted.
   *
   * @throws IllegalArgumentException if there is no limit of that name
   */
  void setLimit(String name, long max);
}
