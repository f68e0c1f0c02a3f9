package io.initload.ledger;

/**
 * What the org allows in all, for every worker of the ledger together (salesforce reference,
 * section 4.1).
 *
 * @param jobs jobs between create and a terminal state
 * @param records records in any rolling 24 h
 * @param batches batches of 10,000 rows in any rolling 24 h
 */
public record Allowance(String orgId, int jobs, long records, long batches) {}
