package io.initload.mapping.org;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which ids stand for names of records in the org: of record types, users and queues, which rows
 * cannot name by themselves. Blanks around a name do not count. Immutable.
 *
 * @param what the names are of, for example {@code record type of Account}
 * @param ids by name
 * @param unusable why rows cannot have them, by the names of those that they cannot have
 * @param idle ids of those that are there and cannot be had now, but may have been before, by name
 * @param otherwise for all other names; empty where their rows are held back
 * @param foldsCase whether names that differ in the case of letters are one
 */
public record OrgNames(
    String what,
    Map<String, String> ids,
    Map<String, String> unusable,
    Map<String, String> idle,
    Optional<String> otherwise,
    boolean foldsCase) {
  /** Characters of a name that a message shows. */
  private static final int SHOWN = 80;

  public OrgNames {
    ids = Map.copyOf(ids);
    unusable = Map.copyOf(unusable);
    idle = Map.copyOf(idle);
  }

  /** Asks the org for names. */
  @FunctionalInterface
  public interface Directory {
    /** Of which nothing is asked. */
    Directory NONE = (object, lookup, parent, key, choosy) -> Optional.empty();

    /**
     * The names of the records that a lookup can lead to.
     *
     * @param object that has the lookup
     * @param key the parent's field that holds the names
     * @param choosy whether there is somebody else for those that are there, but of little use
     * @return empty where such parents have no names
     */
    Optional<OrgNames> of(
        TargetObject object, TargetField lookup, String parent, TargetField key, boolean choosy);
  }

  /** Those of the record types that the user can give to records of an object. */
  public static OrgNames ofRecordTypes(TargetObject object) {
    Map<String, String> ids = new HashMap<>();
    Map<String, String> unusable = new HashMap<>();
    for (RecordTypeInfo type : object.recordTypes()) {
      String name = folded(type.developerName());
      if (type.usable()) {
        ids.put(name, type.id());
      } else if (!type.master()) {
        unusable.put(
            name, type.active() ? "which the user's profile does not have" : "which is not active");
      }
    }
    return new OrgNames(
        "record type of " + object.name(), ids, unusable, Map.of(), Optional.empty(), true);
  }

  /** The same, with an id for all names that have none. */
  public OrgNames orElse(String id) {
    return new OrgNames(what, ids, unusable, idle, Optional.of(id), foldsCase);
  }

  /** The same, as if nobody had been switched off; the same where there is no other id. */
  public OrgNames inUse() {
    Map<String, String> all = new HashMap<>(idle);
    all.putAll(ids);
    return otherwise.isEmpty()
        ? this
        : new OrgNames(what, all, Map.of(), Map.of(), otherwise, foldsCase);
  }

  /** The same, as if nobody had been there; the same where there is no other id. */
  public OrgNames unknown() {
    return otherwise.isEmpty()
        ? this
        : new OrgNames(what, Map.of(), Map.of(), Map.of(), otherwise, foldsCase);
  }

  /** The id that a name stands for, or that of others. */
  public Optional<String> id(String name) {
    return own(name).or(() -> otherwise);
  }

  /** The id that a name itself stands for. */
  public Optional<String> own(String name) {
    return Optional.ofNullable(ids.get(canonical(name)));
  }

  /** Why a name stands for nothing, without a subject. */
  public String refusal(String name) {
    String shown = name.length() > SHOWN ? name.substring(0, SHOWN) + "..." : name;
    String why = unusable.get(canonical(name));
    return why == null
        ? "names %s, which is no %s".formatted(shown, what)
        : "names the %s %s, %s".formatted(what, shown, why);
  }

  /** The form of a name by which {@link #ids} has it. */
  public String canonical(String name) {
    return foldsCase ? folded(name) : name.strip();
  }

  private static String folded(String name) {
    return name.strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
