package io.initload.ledger.entry;

/**
 * The kept list of the records that a settled part created.
 *
 * @param host where the list lies
 */
public record KeptReceipt(String name, String host, long records) {}
