package io.initload.ledger.entry;

/**
 * A part in a worker's hands whose job was begun.
 *
 * @param job the newest of the part; names the claim too, since a worker's threads share its id
 */
public record Begun(Part part, Job job) {}
