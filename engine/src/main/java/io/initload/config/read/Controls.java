package io.initload.config.read;

import io.initload.Nearest;
import io.initload.config.Control;
import io.initload.config.Control.Dimension;
import io.initload.config.Control.Part;
import io.initload.config.Control.Total;
import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Column;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The block {@code controls} of a table. */
final class Controls {
  /** Groups are held in memory, and people read them. */
  private static final int DIMENSIONS_MAX = 4;

  private static final Pattern PART = Pattern.compile("(year|month)\\((\\S+)\\)");

  private final List<FieldMapping> fields;

  /**
   * @param fields those that the table's rows feed
   */
  Controls(List<FieldMapping> fields) {
    this.fields = fields;
  }

  List<Control> of(Section controls) {
    return controls.names().stream().map(name -> control(name, controls.section(name))).toList();
  }

  private Control control(String name, Section section) {
    String field = section.text("field", "");
    if (!field.isEmpty()) {
      check(section, "field", field);
    }
    List<Dimension> by = new ArrayList<>();
    for (String text : section.has("by") ? section.textOrTexts("by") : by(section)) {
      by.add(dimension(section, text));
    }
    if (by.size() > DIMENSIONS_MAX) {
      section.fault("by", "has more than %d dimensions".formatted(DIMENSIONS_MAX));
    }
    return new Control(name, field, totals(section, field), by, section.text("orgWhere", ""));
  }

  /** Asked for where it is not given too, so that it is known. */
  private static List<String> by(Section section) {
    section.text("by", "");
    return List.of();
  }

  private static Set<Total> totals(Section section, String field) {
    if (!section.has("totals")) {
      section.text("totals", "");
      return field.isEmpty() ? EnumSet.of(Total.COUNT) : EnumSet.allOf(Total.class);
    }
    Set<Total> totals = EnumSet.noneOf(Total.class);
    for (String text : section.textOrTexts("totals")) {
      Optional<Total> total =
          EnumSet.allOf(Total.class).stream()
              .filter(t -> Scalar.written(t).equals(text))
              .findFirst();
      total.ifPresent(totals::add);
      if (total.isEmpty()) {
        section.fault("totals", "\"" + text + "\" is none of count, sum, min, max");
      }
    }
    if (field.isEmpty() && !totals.equals(EnumSet.of(Total.COUNT))) {
      section.fault("totals", "needs a field, unless rows are counted");
    }
    return totals;
  }

  private Dimension dimension(Section section, String text) {
    Matcher part = PART.matcher(text);
    Dimension dimension =
        part.matches()
            ? new Dimension(part.group(1).equals("year") ? Part.YEAR : Part.MONTH, part.group(2))
            : new Dimension(Part.VALUE, text);
    check(section, "by", dimension.field());
    return dimension;
  }

  /** What the source sums up must be a column of it. */
  private void check(Section section, String key, String field) {
    List<String> names = fields.stream().map(FieldMapping::field).toList();
    Optional<FieldMapping> found = fields.stream().filter(f -> f.field().equals(field)).findFirst();
    if (found.isEmpty()) {
      section.fault(
          key, "\"" + field + "\" is a field that nothing feeds" + Nearest.hint(field, names));
    } else if (!(found.get().feed() instanceof Column)) {
      section.fault(
          key,
          "\"" + field + "\" is not fed by a column alone, so that the source cannot sum it up");
    } else if (found.get().mask().isPresent()) {
      section.fault(key, "\"" + field + "\" is masked, so that both sides differ in it");
    }
  }
}
