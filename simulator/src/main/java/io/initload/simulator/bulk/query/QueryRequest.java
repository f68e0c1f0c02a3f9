package io.initload.simulator.bulk.query;

import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.LineEnding;
import io.initload.simulator.model.OrgException;

/**
 * A Bulk query job as a client asks for it, unchecked. Members a client left out are empty.
 *
 * @param operation {@code query} or {@code queryAll}
 * @param query the SOQL
 * @param apiVersion version of the path
 */
public record QueryRequest(
    String operation,
    String query,
    String contentType,
    String lineEnding,
    String columnDelimiter,
    int apiVersion) {

  /** The same with defaults in place; refuses values there are not. The SOQL is not looked at. */
  QueryRequest checked() {
    if (!operation.equals("query") && !operation.equals("queryAll")) {
      throw QueryErrors.invalid("operation", operation);
    }
    if (!contentType.isEmpty() && !contentType.equals("CSV")) {
      throw QueryErrors.invalid("contentType", contentType);
    }
    if (query.isBlank()) {
      throw OrgException.bad("API_ERROR", "A query job needs a query");
    }
    String ending = constant(LineEnding.values(), "lineEnding", lineEnding);
    String delimiter = constant(Delimiter.values(), "columnDelimiter", columnDelimiter);
    return new QueryRequest(operation, query, "CSV", ending, delimiter, apiVersion);
  }

  /** The first of the constants is the default. */
  private static String constant(Enum<?>[] constants, String property, String value) {
    if (value.isEmpty()) {
      return constants[0].name();
    }
    for (Enum<?> constant : constants) {
      if (constant.name().equals(value)) {
        return value;
      }
    }
    throw QueryErrors.invalid(property, value);
  }
}
