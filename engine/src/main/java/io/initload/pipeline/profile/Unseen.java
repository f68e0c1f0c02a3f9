package io.initload.pipeline.profile;

import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetKind;
import java.util.Optional;

/** What no statement is asked of a field, and why. */
final class Unseen {
  private Unseen() {}

  static Optional<String> of(FedField field) {
    if (field.made()) {
      return Optional.of(
          field.name() + ": its values become known when rows are read, and not before");
    }
    TargetKind kind = TargetKind.of(field.sent());
    boolean parsed = field.text().isPresent() && kind != TargetKind.TEXT;
    if (parsed) {
      return Optional.of(
          "%s: whether its texts are values of type %s"
              .formatted(field.name(), field.sent().type()));
    }
    boolean several = field.text().isPresent() && field.sent().type().equals("multipicklist");
    if (several && field.sent().restrictedPicklist()) {
      return Optional.of(field.name() + ": whether its picklist takes each of several values");
    }
    boolean document =
        field
            .column()
            .filter(
                c ->
                    c.type() == SourceColumn.Type.JSON
                        || c.type() == SourceColumn.Type.XML
                        || c.type() == SourceColumn.Type.BINARY)
            .isPresent();
    return document ? Optional.of(field.name() + ": how long its texts are") : Optional.empty();
  }
}
