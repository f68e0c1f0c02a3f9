package io.initload.salesforce;

import io.initload.salesforce.errors.RowError;

/**
 * What became of one row of a job.
 *
 * @param key value of the key column: the external id, or the record id of a delete
 * @param id record id; empty when the row made none
 * @param created whether the row made a new record (false: updated, deleted, failed, not attempted)
 * @param error {@link RowError#NONE} unless the row failed
 */
public record RowResult(String key, String id, boolean created, RowError error) {}
