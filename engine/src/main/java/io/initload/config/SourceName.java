package io.initload.config;

/**
 * A table or view of the source, {@code OWNER.TABLE} or {@code TABLE}. The names are exact (as the
 * dictionary has them); {@code owner} is empty when the connection's own schema is meant.
 */
public record SourceName(String owner, String table) {
  @Override
  public String toString() {
    return owner.isEmpty() ? table : owner + "." + table;
  }
}
