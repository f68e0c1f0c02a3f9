package io.initload.simulator.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A record type of an object, as the loading user has it (docs/reference/salesforce.md, "Record
 * types"). Immutable.
 *
 * @param id id of its record in {@code RecordType}
 * @param active whether records may have it at all
 * @param available whether the loading user's profile has it
 * @param usual whether new records of that user get it when they bring none
 * @param person whether accounts of it are persons
 * @param picklists values it allows by field, in small letters; a field that is missing has all
 */
public record RecordType(
    String id,
    String developerName,
    String label,
    boolean active,
    boolean available,
    boolean usual,
    boolean person,
    Map<String, Set<String>> picklists) {
  /** Name of the field that holds a record's type. */
  public static final String FIELD = "RecordTypeId";

  /** Id of the type that is none, the same in all orgs. */
  public static final String MASTER = "012000000000000AAA";

  /** First three characters of the ids of record types. */
  public static final String PREFIX = "012";

  public RecordType {
    picklists = Map.copyOf(picklists);
  }

  static RecordType of(String id, RecordTypeSetup setup) {
    return new RecordType(
        id,
        setup.developerName(),
        setup.label(),
        !setup.inactive(),
        !setup.unavailable(),
        setup.usual(),
        setup.person(),
        lowered(setup.picklists()));
  }

  private static Map<String, Set<String>> lowered(Map<String, List<String>> picklists) {
    Map<String, Set<String>> lowered = new TreeMap<>();
    picklists.forEach(
        (field, values) ->
            lowered.put(
                lower(field),
                values.stream().map(RecordType::lower).collect(Collectors.toUnmodifiableSet())));
    return lowered;
  }

  /** Whether records of this type may have a value in a restricted picklist. */
  public boolean allows(Field field, String value) {
    Set<String> values = picklists.get(lower(field.name()));
    return values == null || values.contains(lower(value));
  }

  /** Whether loads of the user may give records this type. */
  public boolean usable() {
    return active && available;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
