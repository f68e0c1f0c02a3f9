package io.initload.mapping.org;

/**
 * A record type of an object as the loading user has it (docs/reference/salesforce.md, "Record
 * types").
 *
 * @param available whether the user's profile has it
 * @param usual whether records of the user get it that bring none
 * @param master whether it stands for having none
 * @param person whether accounts of it are persons
 */
public record RecordTypeInfo(
    String id,
    String developerName,
    boolean active,
    boolean available,
    boolean usual,
    boolean master,
    boolean person) {
  /** Whether the user can give it to records. */
  public boolean usable() {
    return active && available && !master;
  }

  /** The same where that is known of its accounts. */
  public RecordTypeInfo persons(boolean are) {
    return new RecordTypeInfo(id, developerName, active, available, usual, master, are);
  }
}
