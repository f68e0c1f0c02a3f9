package io.initload.config.read;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.initload.config.FieldMapping.Expression;
import io.initload.config.FieldMapping.Feed;
import io.initload.config.ValueMap;
import io.initload.config.ValueMap.Unmapped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The block {@code maps}, and the expressions that name its maps. */
final class Maps {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final int KEYS_MAX = 4;

  private final List<ValueMap> maps;

  private Maps(List<ValueMap> maps) {
    this.maps = maps;
  }

  static Maps of(Section section) {
    List<ValueMap> maps = new ArrayList<>();
    for (String name : section.names()) {
      if (!NAME.matcher(name).matches()) {
        section.fault(name, "is no name of a map: a letter, then letters, digits, . - and _");
      }
      maps.add(map(name, section.section(name)));
    }
    return new Maps(maps);
  }

  /** What feeds a field by an expression. */
  Feed expression(Section section, String field) {
    String text = section.text(field);
    List<ValueMap> named =
        maps.stream()
            .filter(m -> text.contains("'" + m.name() + "'") || text.contains('"' + m.name() + '"'))
            .toList();
    return new Expression(text, named.isEmpty() ? List.of() : named, section.placeOf(field));
  }

  private static ValueMap map(String name, Section section) {
    boolean inline = section.has("entries");
    Section block = section.free("entries");
    if (inline == section.has("file")) {
      section.fault("entries", "must be given, or a file in their place, and not both");
    }
    Map<List<String>, String> entries = inline ? entries(block) : file(section);
    String given = section.anyText("default");
    Optional<String> otherwise = section.has("default") ? Optional.of(given) : Optional.empty();
    Unmapped unmapped = section.choice("unmapped", Unmapped.FAIL);
    int keys = entries.keySet().stream().findFirst().map(List::size).orElse(1);
    if (otherwise.isPresent() && section.has("unmapped")) {
      section.fault("unmapped", "has no meaning beside a default");
    }
    if (unmapped == Unmapped.KEEP && keys > 1) {
      section.fault("unmapped", "keep means nothing where %d values are asked for".formatted(keys));
    }
    return new ValueMap(name, keys, entries, otherwise, unmapped);
  }

  private static Map<List<String>, String> entries(Section section) {
    Map<List<String>, String> entries = new LinkedHashMap<>();
    for (String key : section.names()) {
      entries.put(List.of(key), section.anyText(key));
    }
    return entries;
  }

  private static Map<List<String>, String> file(Section section) {
    Map<List<String>, String> entries = new LinkedHashMap<>();
    if (!section.has("file")) {
      return entries;
    }
    Path file = section.parsed("file", Path.of(""), Section::path);
    byte[] bytes = FileBytes.of(file);
    if (bytes.length > YamlBounds.BYTES_MAX) {
      section.fault("file", "has more than %,d bytes".formatted(YamlBounds.BYTES_MAX));
      return entries;
    }
    read(section, new String(bytes, StandardCharsets.UTF_8), entries);
    return entries;
  }

  private static void read(Section section, String text, Map<List<String>, String> entries) {
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(text)) {
      int width = 0;
      for (CsvRecord line : csv) {
        List<String> fields = line.getFields();
        if (width == 0) {
          width = fields.size();
          if (width < 2 || width > KEYS_MAX + 1) {
            section.fault("file", "needs a heading of two to five names: keys, then the value");
            return;
          }
        } else if (fields.size() != width) {
          section.fault(
              "file", "has another number of fields in line " + line.getStartingLineNumber());
        } else if (entries.put(fields.subList(0, width - 1), fields.get(width - 1)) != null) {
          section.fault("file", "has a key twice, in line " + line.getStartingLineNumber());
        }
      }
      if (entries.isEmpty()) {
        section.fault("file", "has no line below its heading");
      }
    } catch (CsvParseException | IOException e) {
      section.fault("file", "is no CSV");
    }
  }
}
