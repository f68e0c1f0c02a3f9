package io.initload.simulator.hook;

import java.time.Instant;

/**
 * What is known of a request when it arrives.
 *
 * @param number counts all requests of the org from 1 on
 * @param at org time of arrival
 * @param method as sent
 * @param path path as sent, without query
 * @param query text after {@code ?}, empty if there is none
 * @param action name of what is asked for, such as {@code ingest.create}, {@code ingest.upload},
 *     {@code ingest.state}, {@code ingest.get}, {@code ingest.list}, {@code ingest.delete}, {@code
 *     ingest.successfulResults}, {@code token}; {@code unknown} where no route matches
 * @param jobId the job named in the path, empty if none
 */
public record RequestFacts(
    long number,
    Instant at,
    String method,
    String path,
    String query,
    String action,
    String jobId) {}
