package io.initload.plan;

/**
 * Which database the rows of a migration are read from, by what the database says of itself: it
 * stays the same behind another host name, on another machine and after a failover to a standby.
 *
 * @param kind of database, such as {@code oracle}
 * @param id a number that the database was made with; empty where the user may not ask for it
 * @param name what it is called
 */
public record SourceIdentity(String kind, String id, String name) {

  /**
   * Whether the other one may be the same database: by the numbers where both are known, else by
   * the names.
   */
  public boolean sameAs(SourceIdentity other) {
    boolean numbered = !id.isEmpty() && !other.id.isEmpty();
    return kind.equals(other.kind) && (numbered ? id.equals(other.id) : name.equals(other.name));
  }

  /** For people. */
  @Override
  public String toString() {
    return "%s database %s%s".formatted(kind, name, id.isEmpty() ? "" : " (" + id + ")");
  }
}
