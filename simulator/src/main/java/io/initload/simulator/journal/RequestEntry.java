package io.initload.simulator.journal;

import java.time.Instant;

/**
 * A request the org has answered, or not.
 *
 * @param number counts all requests from 1 on
 * @param at org time of arrival
 * @param host {@code login} or {@code instance}
 * @param pathAndQuery as sent
 * @param action name of what was asked for
 * @param userId user of the token, empty if none
 * @param status HTTP status sent, also if the body then broke off; 0 if there was no answer
 * @param requestBytes body bytes as they came over the wire
 */
public record RequestEntry(
    long number,
    Instant at,
    String host,
    String method,
    String pathAndQuery,
    String action,
    String userId,
    int status,
    long requestBytes) {}
