package io.initload.simulator.hook;

import java.time.Instant;

/**
 * A job about to run a transaction.
 *
 * @param jobNumber counts the org's ingest jobs from 1 on
 * @param jobId the job's id
 * @param batch internal batch, from 0 on
 * @param transaction transaction of the job, from 0 on
 * @param firstRow first row of the transaction, from 0 on
 */
public record JobFacts(
    long jobNumber,
    String jobId,
    String object,
    int batch,
    int transaction,
    long firstRow,
    Instant at) {}
