package io.initload.mapping.compile;

import io.initload.config.Mask;
import io.initload.mapping.compile.TargetResolver.Target;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import io.initload.masking.Pseudonyms;
import java.util.Locale;
import java.util.Optional;

/** Whether a field can have pseudonyms in place of its values. */
final class MaskRules {
  /** Those of 2,147,483,647. */
  private static final int INT_DIGITS = 10;

  private static final String SHARED =
      "its values are unique, and two values may have one pseudonym";

  private final Findings findings;

  MaskRules(Findings findings) {
    this.findings = findings;
  }

  /** The pseudonyms of a field; reports where there can be none. */
  Optional<Pseudonyms> pseudonyms(Mask mask, Target target, boolean key) {
    TargetField field = target.field();
    TargetKind kind = TargetKind.of(field);
    boolean lookup = !field.equals(target.written()) || kind == TargetKind.ID;
    if (key || lookup || field.externalId()) {
      findings.error(
          "MASK_KEY",
          "%s tells which record is meant, and cannot be masked: children would not find their"
                  .formatted(target.header())
              + " parents.",
          "Take the field out of the table's mask; where keys must not be seen, let the source"
              + " compute others (tables[].sql) for the external id and all that name it.");
      return Optional.empty();
    }
    Optional<String> unfit = unfit(mask.kind(), kind, field);
    unfit.ifPresent(why -> unfit(mask.kind(), field, why));
    return unfit.isPresent()
        ? Optional.empty()
        : Optional.of(
            new Pseudonyms(
                mask,
                field.length(),
                field.type().equals("int") ? INT_DIGITS : 0,
                decimals(kind, field)));
  }

  private static int decimals(TargetKind kind, TargetField field) {
    return switch (kind) {
      case INTEGER -> 0;
      case DECIMAL -> field.scale();
      default -> Pseudonyms.ANY;
    };
  }

  private void unfit(Mask.Kind mask, TargetField field, String why) {
    findings.error(
        "MASK_TYPE",
        "%s, a field of type %s, cannot have pseudonyms of the kind %s: %s."
            .formatted(field.name(), field.type(), mask.name().toLowerCase(Locale.ROOT), why),
        "Choose another kind, leave the field out of the mapping, or feed it with a constant.");
  }

  /** Why the org would not take such pseudonyms. */
  private static Optional<String> unfit(Mask.Kind mask, TargetKind kind, TargetField field) {
    if (kind == TargetKind.DECIMAL || kind == TargetKind.INTEGER) {
      return numbers(mask, field);
    }
    if (kind != TargetKind.TEXT) {
      return Optional.of("it takes no texts");
    }
    if (field.type().endsWith("picklist") || field.type().equals("combobox")) {
      return Optional.of("it takes the values of a list");
    }
    if (field.type().equals("email") && mask != Mask.Kind.MAIL) {
      return Optional.of("it takes mail addresses");
    }
    int shortest = Pseudonyms.shortest(mask);
    if (field.length() > 0 && field.length() < shortest) {
      return Optional.of(
          "it takes %d characters, and they have %d".formatted(field.length(), shortest));
    }
    boolean distinct = Pseudonyms.distinct(mask, field.length()) && !field.caseSensitive();
    return field.unique() && !distinct ? Optional.of(SHARED) : Optional.empty();
  }

  private static Optional<String> numbers(Mask.Kind mask, TargetField field) {
    if (mask != Mask.Kind.NUMBER) {
      return Optional.of("it takes numbers");
    }
    return field.unique() ? Optional.of(SHARED) : Optional.empty();
  }
}
