package io.initload.simulator;

import java.util.Map;
import java.util.Optional;

/**
 * A record of an org, as a checker sees it.
 *
 * @param values canonical text by API name, without fields that have no value
 */
public record OrgRecord(String id, Map<String, String> values) {
  public OrgRecord {
    values = Map.copyOf(values);
  }

  /** A field's value, empty if it has none. */
  public Optional<String> value(String field) {
    return Optional.ofNullable(values.get(field));
  }
}
