package io.initload.ledger.entry;

/**
 * A process that works on the ledger.
 *
 * @param id unique over all time
 * @param pidStarted start of the process in milliseconds, so that a reused pid is not mistaken
 */
public record Worker(String id, String host, long pid, long pidStarted) {}
