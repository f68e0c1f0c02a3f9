package io.initload.simulator.soql;

/**
 * The {@code errorCode} of a refused query, spelled as Salesforce spells it. All of them travel
 * with HTTP 400.
 */
public enum SoqlError {
  /** Not a sentence of the language, or a sentence that is not allowed. */
  MALFORMED_QUERY,
  /**
   * A field or relationship that the object does not have, or that cannot be used in this place.
   */
  INVALID_FIELD,
  /** An object that does not exist. */
  INVALID_TYPE,
  /** A filter value that its operator cannot take, such as a malformed id. */
  INVALID_QUERY_FILTER_OPERATOR,
  /** LIMIT or OFFSET out of range. */
  NUMBER_OUTSIDE_VALID_RANGE,
  /** An aggregate query with more groups than one answer holds. */
  EXCEEDED_ID_LIMIT,
  /** More rows read than the org allows one query. */
  QUERY_TIMEOUT,
  /** A query whose state does not fit the bounds of the evaluator. */
  QUERY_TOO_COMPLICATED,
  /** Refused by Bulk query. */
  API_ERROR
}
