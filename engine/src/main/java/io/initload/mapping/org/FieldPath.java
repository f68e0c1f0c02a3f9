package io.initload.mapping.org;

/**
 * What a column of the CSV names: a field of the object itself, {@code Field}, or the key of a
 * parent, {@code Relationship.Field}; where the relationship leads to more than one object, {@code
 * Type:Relationship.Field}. Letter case is kept as written.
 *
 * @param type the object of the parent; empty where the relationship tells it
 * @param relationship empty for a field of the object itself
 * @param field the field of the object, or of the parent
 */
public record FieldPath(String type, String relationship, String field) {
  /** A field of the object itself. */
  public static FieldPath own(String field) {
    return new FieldPath("", "", field);
  }

  /** Reads any text: what is no path of a parent is a field's name, which the org may not have. */
  public static FieldPath parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return own(text);
    }
    int colon = text.lastIndexOf(':', dot);
    return new FieldPath(
        colon < 0 ? "" : text.substring(0, colon),
        text.substring(colon + 1, dot),
        text.substring(dot + 1));
  }

  /** Whether it names a parent by one of the parent's fields. */
  public boolean isParent() {
    return !relationship.isEmpty();
  }

  /** The path as SOQL selects it, which names no type. */
  public String selected() {
    return isParent() ? relationship + "." + field : field;
  }

  /** The text that {@link #parse} reads as this path. */
  @Override
  public String toString() {
    return type.isEmpty() ? selected() : type + ":" + selected();
  }
}
