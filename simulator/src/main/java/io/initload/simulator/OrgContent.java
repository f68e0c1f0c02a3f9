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
 * @param production whether it calls itself no sandbox; kept data keeps what it was
 */
public record OrgContent(
    Optional<Path> data,
    Optional<Path> describes,
    OrgSetup setup,
    Set<String> hiddenFields,
    long seed,
    boolean production) {
  public OrgContent {
    hiddenFields = Set.copyOf(hiddenFields);
  }

  static OrgContent temporary() {
    return new OrgContent(
        Optional.empty(), Optional.empty(), OrgSetup.nothing(), Set.of(), 42, false);
  }

  OrgContent withData(Path directory) {
    return new OrgContent(Optional.of(directory), describes, setup, hiddenFields, seed, production);
  }

  OrgContent withDescribes(Path folder) {
    return new OrgContent(data, Optional.of(folder), setup, hiddenFields, seed, production);
  }

  OrgContent withSetup(OrgSetup other) {
    return new OrgContent(data, describes, other, hiddenFields, seed, production);
  }

  OrgContent withHiddenFields(Set<String> fields) {
    return new OrgContent(data, describes, setup, fields, seed, production);
  }

  OrgContent withSeed(long other) {
    return new OrgContent(data, describes, setup, hiddenFields, other, production);
  }

  OrgContent inProduction() {
    return new OrgContent(data, describes, setup, hiddenFields, seed, true);
  }
}
