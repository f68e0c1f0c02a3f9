package io.initload.config;

import java.util.List;

/**
 * One field of the CSV header and what feeds it.
 *
 * @param field a Salesforce field, or {@code Relationship__r.External_ID__c} to name a parent by
 *     its external id
 */
public record FieldMapping(String field, Feed feed) {

  /** What feeds a field. */
  public sealed interface Feed {
    /** The source columns read, in order; empty for a constant. */
    List<String> columns();
  }

  /** One source column. */
  public record Column(String name) implements Feed {
    @Override
    public List<String> columns() {
      return List.of(name);
    }
  }

  /** The same text in every row. */
  public record Constant(String value) implements Feed {
    @Override
    public List<String> columns() {
      return List.of();
    }
  }

  /**
   * Several columns joined by a separator. Null when any of its columns is null, so that a
   * composite key is never half a key.
   */
  public record Composite(List<String> columns, String separator) implements Feed {
    public Composite {
      columns = List.copyOf(columns);
    }
  }
}
