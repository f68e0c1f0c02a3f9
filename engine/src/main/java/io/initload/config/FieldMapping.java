package io.initload.config;

import java.util.List;
import java.util.Optional;

/**
 * One field of the CSV header and what feeds it.
 *
 * @param field a Salesforce field, or {@code Relationship__r.External_ID__c} to name a parent by
 *     its external id
 * @param mask what is sent in place of its values; empty for the values themselves
 */
public record FieldMapping(String field, Feed feed, Optional<Mask> mask) {
  /** What the names of expressions begin with where columns are named. */
  public static final String EXPRESSIONS = "expressions.";

  /** One whose values are sent. */
  public FieldMapping(String field, Feed feed) {
    this(field, feed, Optional.empty());
  }

  /** The same, of whose values pseudonyms are sent. */
  public FieldMapping masked(Mask by) {
    return new FieldMapping(field, feed, Optional.of(by));
  }

  /** As a ledger has it that was begun before masks were. */
  @Override
  public String toString() {
    return "FieldMapping[field=%s, feed=%s%s]"
        .formatted(field, feed, mask.map(by -> ", mask=" + by).orElse(""));
  }

  /** By what the configuration names the value that a policy is for: the column, mostly. */
  public String policyName() {
    return feed instanceof Column column ? column.name() : EXPRESSIONS + field;
  }

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

  /**
   * Several columns whose values a field holds together, each once; those that are null are left
   * out.
   */
  public record MultiSelect(List<String> columns) implements Feed {
    public MultiSelect {
      columns = List.copyOf(columns);
    }
  }

  /**
   * What an expression makes of the row's columns (docs/mapping.md). Which columns it reads is told
   * when it is compiled.
   *
   * @param maps those of the file that it may name
   * @param place where the text begins in the file; no part of what the expression is
   */
  public record Expression(String text, List<ValueMap> maps, Place place) implements Feed {
    public Expression {
      maps = List.copyOf(maps);
    }

    @Override
    public List<String> columns() {
      return List.of();
    }

    /** What decides the value, and nothing else. */
    @Override
    public String toString() {
      return "Expression[%s, maps=%s]"
          .formatted(text, maps.stream().map(ValueMap::digest).toList());
    }
  }

  /**
   * A place in the configuration's file.
   *
   * @param line the first one is 1
   * @param column of the first character of each line of the text; the first one is 1
   */
  public record Place(int line, int column) {
    /** Where a place inside of the text is. */
    public Place plus(int lines, int columns) {
      return new Place(line + lines, column + columns);
    }

    @Override
    public String toString() {
      return "line %d, column %d".formatted(line, column);
    }
  }
}
