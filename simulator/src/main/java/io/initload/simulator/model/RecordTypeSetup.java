package io.initload.simulator.model;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record type as an administrator writes it down.
 *
 * @param developerName API name
 * @param label the developer name where none is given
 * @param inactive whether no record may have it
 * @param unavailable whether the loading user's profile does not have it
 * @param usual whether it is the profile's default
 * @param person whether accounts of it are persons
 * @param picklists values it allows, by field; a field that is missing has all of its values
 */
public record RecordTypeSetup(
    String developerName,
    String label,
    boolean inactive,
    boolean unavailable,
    boolean usual,
    boolean person,
    Map<String, List<String>> picklists) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*");

  public RecordTypeSetup(
      @Nullable String developerName,
      @Nullable String label,
      boolean inactive,
      boolean unavailable,
      boolean usual,
      boolean person,
      @Nullable Map<String, List<String>> picklists) {
    if (developerName == null || !NAME.matcher(developerName).matches()) {
      throw new IllegalArgumentException(
          "developerName must be letters, digits and underscores, not '%s'"
              .formatted(developerName));
    }
    if (usual && (inactive || unavailable)) {
      throw new IllegalArgumentException(
          "the record type %s cannot be usual: the user does not have it".formatted(developerName));
    }
    this.developerName = developerName;
    this.label = label == null ? developerName : label;
    this.inactive = inactive;
    this.unavailable = unavailable;
    this.usual = usual;
    this.person = person;
    this.picklists = picklists == null ? Map.of() : Map.copyOf(picklists);
  }
}
