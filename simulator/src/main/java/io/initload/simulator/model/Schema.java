package io.initload.simulator.model;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All objects of an org. Immutable. */
public final class Schema {
  private final Map<String, SObjectType> byName;
  private final Map<String, SObjectType> byPrefix = new HashMap<>();

  private Schema(Map<String, SObjectType> byName) {
    this.byName = byName;
    byName.values().forEach(type -> byPrefix.putIfAbsent(type.keyPrefix(), type));
  }

  static Schema of(Iterable<SObjectType> types) {
    Map<String, SObjectType> byName = new LinkedHashMap<>();
    types.forEach(type -> byName.put(key(type.name()), type));
    return new Schema(byName);
  }

  /**
   * This schema with the objects of a folder of describe documents added, or put in the place of
   * those of the same name.
   *
   * @throws IllegalArgumentException if a document cannot be read; the message names the file
   */
  public Schema with(Path describes) {
    Map<String, SObjectType> merged = new LinkedHashMap<>(byName);
    for (SObjectType type : DescribeReader.folder(describes, byPrefix.keySet())) {
      merged.put(key(type.name()), type);
    }
    return new Schema(merged);
  }

  /**
   * This schema as an administrator has set it up. Record types get numbers in the order of the
   * schema's objects.
   *
   * @throws IllegalArgumentException if an object is set up that does not exist, or by what it has
   *     not
   */
  public Schema with(Map<String, ObjectSetup> setups, IdSpace ids) {
    for (String name : setups.keySet()) {
      if (object(name).isEmpty()) {
        throw new IllegalArgumentException("objects: there is no object " + name);
      }
    }
    Map<String, ObjectSetup> byKey = new HashMap<>();
    setups.forEach((name, setup) -> byKey.put(key(name), setup));
    Map<String, SObjectType> set = new LinkedHashMap<>();
    long next = 1;
    for (Map.Entry<String, SObjectType> entry : byName.entrySet()) {
      ObjectSetup setup = byKey.getOrDefault(entry.getKey(), ObjectSetup.NOTHING);
      ObjectAsSetUp object = new ObjectAsSetUp(entry.getValue(), setup, object("Contact"));
      set.put(entry.getKey(), object.build(ids, next));
      next += object.recordTypes().size();
    }
    if (set.values().stream().anyMatch(type -> type.rules().hasPersons())) {
      set.computeIfPresent(key("RecordType"), (name, type) -> PersonAccounts.typed(type));
    }
    return new Schema(set);
  }

  /** This schema with one more field by which rows may name parents. */
  public Schema withKey(String object, String field) {
    Map<String, SObjectType> keyed = new LinkedHashMap<>(byName);
    keyed.computeIfPresent(
        key(object),
        (name, type) ->
            DescribeReader.edited(
                type,
                f -> {
                  if (f.path("name").asText().equals(field)) {
                    f.put("idLookup", true);
                  }
                }));
    return new Schema(keyed);
  }

  /** This schema as a user sees it who may set audit fields on creation. */
  public Schema withAuditFields() {
    Map<String, SObjectType> open = new LinkedHashMap<>(byName);
    open.replaceAll((name, type) -> AuditFields.opened(type));
    return new Schema(open);
  }

  /**
   * This schema as a user sees it from whom some fields are hidden.
   *
   * @param hidden entries {@code Object.Field}
   */
  public Schema without(Set<String> hidden) {
    if (hidden.isEmpty()) {
      return this;
    }
    Map<String, SObjectType> seen = new LinkedHashMap<>();
    byName.forEach((key, type) -> seen.put(key, DescribeReader.hide(type, hidden)));
    return new Schema(seen);
  }

  /** An object by API name, in any case. */
  public Optional<SObjectType> object(String name) {
    return Optional.ofNullable(byName.get(key(name)));
  }

  /** The object whose records' ids start with these three characters. */
  public Optional<SObjectType> byPrefix(String prefix) {
    return Optional.ofNullable(byPrefix.get(prefix));
  }

  /** All objects. */
  public Collection<SObjectType> objects() {
    return byName.values();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
