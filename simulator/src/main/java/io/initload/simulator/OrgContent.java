package io.initload.simulator;

import io.initload.simulator.setup.OrgSetup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What an org begins with and keeps.
 *
 * @param data directory that keeps the org's data; empty for a temporary one, deleted on close
 * @param describes folder of describe documents whose objects are added or replace built-in ones
 * @param setup what an administrator has set up
 * @param hiddenFields fields the loading user cannot see, as {@code Object.Field}
 * @param seed decides ids and the order of results; kept data keeps its first one
 */
public record OrgContent(
    Optional<Path> data,
    Optional<Path> describes,
    OrgSetup setup,
    Set<String> hiddenFields,
    long seed) {
  public OrgContent {
    hiddenFields = Set.copyOf(hiddenFields);
  }

  static OrgContent temporary() {
    return new OrgContent(Optional.empty(), Optional.empty(), OrgSetup.nothing(), Set.of(), 42);
  }

  OrgContent withData(Path directory) {
    return new OrgContent(Optional.of(directory), describes, setup, hiddenFields, seed);
  }

  OrgContent withDescribes(Path folder) {
    return new OrgContent(data, Optional.of(folder), setup, hiddenFields, seed);
  }

  OrgContent withSetup(OrgSetup other) {
    return new OrgContent(data, describes, other, hiddenFields, seed);
  }

  OrgContent withHiddenFields(Set<String> fields) {
    return new OrgContent(data, describes, setup, fields, seed);
  }

  OrgContent withSeed(long other) {
    return new OrgContent(data, describes, setup, hiddenFields, other);
  }
}
