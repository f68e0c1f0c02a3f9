package io.initload.mapping.canonical;

import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import java.util.function.UnaryOperator;

/**
 * The form of a field's values in which they are digested: equal forms of a value that is sent and
 * of one that is found mean that the org holds what was sent. Immutable.
 */
public interface CanonicalForm {
  /** What a CSV has for null (docs/reference/salesforce.md, "CSV and values"). */
  String NULL = "#N/A";

  /** Of a field that is not compared. */
  CanonicalForm EXEMPT = new Exempt();

  /** Of a value that is sent, as the org is expected to hold it; empty for none. */
  String sent(String text);

  /** Of a value that the org holds; empty for none. */
  String found(String text);

  /** How a staged text is seen to be what {@link #sent} makes of it. */
  StagedLook look();

  /** That of a field by its type. */
  static CanonicalForm of(TargetField field) {
    return TargetKind.of(field) == TargetKind.BOOLEAN
        ? new Checkbox(field.defaultValue())
        : new Typed(CanonicalText.of(field));
  }

  /** That of an external id, of the record itself or of a parent. */
  static CanonicalForm key(UnaryOperator<String> canonical) {
    return new Key(canonical);
  }

  /**
   * A field that is never null: not set is as good as empty.
   *
   * @param byDefault what the org has where nothing is sent
   */
  record Checkbox(String byDefault) implements CanonicalForm {
    private static final String NOT_SET = "false";

    @Override
    public String sent(String text) {
      return found(text.isEmpty() || text.equals(NULL) ? byDefault : text);
    }

    @Override
    public String found(String text) {
      String set = CanonicalText.BOOLEAN.of(text);
      return set.equals(NOT_SET) ? "" : set;
    }

    @Override
    public StagedLook look() {
      return StagedLook.CHECKBOX;
    }
  }

  /** By the type. */
  record Typed(CanonicalText type) implements CanonicalForm {
    @Override
    public String sent(String text) {
      return text.equals(NULL) ? "" : type.stored(text);
    }

    @Override
    public String found(String text) {
      return type.of(text);
    }

    @Override
    public StagedLook look() {
      return type.look();
    }
  }

  /** None at all. */
  record Exempt() implements CanonicalForm {
    @Override
    public String sent(String text) {
      return "";
    }

    @Override
    public String found(String text) {
      return "";
    }

    @Override
    public StagedLook look() {
      return StagedLook.NOTHING;
    }
  }

  /** An external id. */
  record Key(UnaryOperator<String> canonical) implements CanonicalForm {
    @Override
    public String sent(String text) {
      return text.equals(NULL) ? "" : canonical.apply(text);
    }

    @Override
    public String found(String text) {
      return canonical.apply(text);
    }

    @Override
    public StagedLook look() {
      return StagedLook.ASK;
    }
  }
}
