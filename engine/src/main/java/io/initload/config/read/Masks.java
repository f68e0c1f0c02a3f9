package io.initload.config.read;

import io.initload.Nearest;
import io.initload.config.FieldMapping;
import io.initload.config.Mask;
import io.initload.config.Mask.Masking;
import io.initload.config.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The block {@code masking}, and the masks of tables, which need it. */
final class Masks {
  /** With fewer, somebody could try all keys. */
  private static final int CHARACTERS_MIN = 16;

  private final Masking masking;

  private Masks(Masking masking) {
    this.masking = masking;
  }

  static Masks of(Section section) {
    boolean both = section.has("key") && section.has("keyFile");
    Secret given = section.secret("key");
    Secret key = section.has("keyFile") ? file(section) : given;
    if (both) {
      section.fault("keyFile", "stands beside a key: the secret comes from the one or the other");
    } else if ((section.has("key") || section.has("keyFile"))
        && key.reveal().length() < CHARACTERS_MIN) {
      section.fault(
          section.has("key") ? "key" : "keyFile",
          "has fewer than %d characters, so that it can be guessed".formatted(CHARACTERS_MIN));
    }
    boolean intoProduction =
        section.parsed("intoProduction", Section.YES_OR_NO, "false", Boolean::parseBoolean);
    return new Masks(new Masking(key, intoProduction));
  }

  private static Secret file(Section section) {
    Path file = section.parsed("keyFile", Path.of(""), Section::path);
    return file.toString().isEmpty()
        ? Secret.NONE
        : new Secret(new String(FileBytes.of(file), StandardCharsets.UTF_8).strip());
  }

  /** The fields of a table, masked as its block {@code mask} says. */
  List<FieldMapping> around(Section table, List<FieldMapping> fields) {
    Section block = table.free("mask");
    if (table.has("mask") && masking.key().isEmpty()) {
      table.fault("mask", "needs masking.key or masking.keyFile, by which pseudonyms are made");
    }
    Map<String, Mask> masks = new HashMap<>();
    List<String> known = fields.stream().map(FieldMapping::field).toList();
    for (String field : block.names()) {
      if (known.stream().noneMatch(field::equalsIgnoreCase)) {
        block.fault(field, "is a field that nothing feeds" + Nearest.hint(field, known));
      }
      Optional<Mask.Kind> kind = block.choice(field, Mask.Kind.class);
      kind.ifPresent(k -> masks.put(field.toLowerCase(Locale.ROOT), new Mask(k, masking)));
    }
    List<FieldMapping> masked = new ArrayList<>();
    for (FieldMapping field : fields) {
      Mask mask = masks.get(field.field().toLowerCase(Locale.ROOT));
      masked.add(mask == null ? field : field.masked(mask));
    }
    return masked;
  }
}
