package io.initload.simulator;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What an org begins with and keeps.
 *
 * @param data directory that keeps the org's data; empty for a temporary one, deleted on close
 * @param describes folder of describe documents whose objects are added or replace built-in ones
 * @param hiddenFields fields the loading user cannot see, as {@code Object.Field}
 * @param seed decides ids and the order of results; kept data keeps its first one
 */
public record OrgContent(
    Optional<Path> data, Optional<Path> describes, Set<String> hiddenFields, long seed) {
  public OrgContent {
    hiddenFields = Set.copyOf(hiddenFields);
  }

  static OrgContent temporary() {
    return new OrgContent(Optional.empty(), Optional.empty(), Set.of(), 42);
  }

  OrgContent withData(Path directory) {
    return new OrgContent(Optional.of(directory), describes, hiddenFields, seed);
  }

  OrgContent withDescribes(Path folder) {
    return new OrgContent(data, Optional.of(folder), hiddenFields, seed);
  }

  OrgContent withHiddenFields(Set<String> fields) {
    return new OrgContent(data, describes, fields, seed);
  }

  OrgContent withSeed(long other) {
    return new OrgContent(data, describes, hiddenFields, other);
  }
}
