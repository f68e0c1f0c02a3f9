package io.initload.config.read;

import io.initload.Nearest;
import io.initload.config.DataSize;
import io.initload.config.FieldMapping.Place;
import io.initload.config.Hours;
import io.initload.config.Secret;
import io.initload.config.read.Scalar.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One block of settings. To ask for a setting is to declare it: what is never asked for is unknown.
 * A bad or missing value becomes a fault and the fallback is returned, so that reading goes on; a
 * required value then is empty, which checks take for "known to be wrong already".
 */
final class Section {
  static final Set<Kind> TEXT = EnumSet.of(Kind.TEXT, Kind.INTERPOLATED);
  static final Set<Kind> NUMBER = EnumSet.of(Kind.NUMBER, Kind.INTERPOLATED);
  static final Set<Kind> TEXT_OR_NUMBER = EnumSet.of(Kind.TEXT, Kind.NUMBER, Kind.INTERPOLATED);
  static final Set<Kind> FLAG = EnumSet.of(Kind.BOOLEAN);

  /** Written as {@code true} or {@code false}. */
  static final Set<Kind> YES_OR_NO = EnumSet.of(Kind.BOOLEAN, Kind.INTERPOLATED);

  static final Set<Kind> ANY = EnumSet.of(Kind.TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.INTERPOLATED);

  private final Reading reading;
  private final String path;
  private final String pattern;
  private final boolean freeNames;
  private final int line;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  /** The settings of a whole file. */
  Section(Reading reading, Node root) {
    this(reading, "", "", false, root, 1);
  }

  /**
   * The settings below a node.
   *
   * @param node null when the block is not in the file: all settings have their defaults then
   * @param line where to report what is missing
   */
  private Section(
      Reading reading,
      String path,
      String pattern,
      boolean freeNames,
      @Nullable Node node,
      int line) {
    this.reading = reading;
    this.path = path;
    this.pattern = pattern;
    this.freeNames = freeNames;
    this.line = line;
    reading.atEnd(this::refuseUnknown);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::enter);
    } else if (node != null) {
      reading.fault(
          YamlTree.lineOf(node),
          path,
          "must be a block of settings, not " + YamlTree.describe(node));
    }
  }

  private void enter(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      reading.fault(YamlTree.lineOf(tuple.getKeyNode()), path, "a name must be plain text");
      return;
    }
    String name = YamlTree.text(key);
    NodeTuple first = entries.putIfAbsent(name, tuple);
    if (first != null) {
      reading.fault(
          YamlTree.lineOf(key),
          at(name),
          "is given twice, first on line " + YamlTree.lineOf(first.getKeyNode()));
    }
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The names that are there, in order: for a block whose names are free. */
  List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** Where the text of a setting begins in the file. */
  Place placeOf(String key) {
    NodeTuple tuple = entries.get(key);
    return tuple == null ? new Place(line, 1) : YamlTree.placeOf(tuple.getValueNode());
  }

  /** Reports a fault of a setting. */
  void fault(String key, String message) {
    reading.fault(lineOf(key), at(key), message);
  }

  /** The line of a setting, or of the block when it is not there. */
  int lineOf(String key) {
    NodeTuple tuple = entries.get(key);
    return tuple == null ? line : YamlTree.lineOf(tuple.getKeyNode());
  }

  /** A text that must be there; empty after a fault. */
  String text(String key) {
    return parsed(key, "", text -> text);
  }

  String text(String key, String fallback) {
    return optional(key, TEXT, fallback, fallback, Scalar::text);
  }

  /** A text that need not be there and may be empty. */
  Secret secret(String key) {
    ask(key, "");
    Optional<Scalar> value = scalar(key, TEXT);
    Optional.ofNullable(entries.get(key))
        .ifPresent(entry -> reading.secret(entry.getValueNode(), at(key)));
    return value.map(text -> new Secret(text.text())).orElse(Secret.NONE);
  }

  /** A text that must be there and that the parser takes; the fallback after a fault. */
  <T> T parsed(String key, T fallback, Function<String, T> parser) {
    return required(key, TEXT, fallback, value -> parser.apply(value.text()));
  }

  Hours hours(String key) {
    return parsed(key, TEXT, Hours.ALWAYS.toString(), Hours::parse);
  }

  /** A value whose default is a text that the parser takes. */
  <T> T parsed(String key, Set<Kind> kinds, String fallback, Function<String, T> parser) {
    return optional(
        key, kinds, parser.apply(fallback), fallback, value -> parser.apply(value.text()));
  }

  int integer(String key, int fallback, int min, int max) {
    return (int) whole(key, fallback, min, max);
  }

  long whole(String key, long fallback, long min, long max) {
    return optional(
        key,
        NUMBER,
        fallback,
        String.valueOf(fallback),
        value -> Scalar.within(value.number(), min, max, String::valueOf));
  }

  Duration duration(String key, Duration fallback, Duration min, Duration max) {
    return optional(
        key,
        TEXT,
        fallback,
        DurationText.of(fallback),
        value -> Scalar.within(DurationText.parse(value.text()), min, max, DurationText::of));
  }

  DataSize size(String key, DataSize fallback, DataSize min, DataSize max) {
    return optional(
        key,
        TEXT,
        fallback,
        fallback.toString(),
        value -> Scalar.within(DataSize.parse(value.text()), min, max, DataSize::toString));
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  <E extends Enum<E>> E choice(String key, E fallback) {
    return optional(
        key,
        TEXT,
        fallback,
        Scalar.written(fallback),
        value -> value.oneOf(fallback.getDeclaringClass()));
  }

  /** As {@link #choice(String, Enum)}, but it must be there; empty after a fault. */
  <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    return required(key, TEXT, Optional.empty(), value -> Optional.of(value.oneOf(type)));
  }

  /** A value of any kind, as written; empty when it is not there or after a fault. */
  String anyText(String key) {
    return optional(key, ANY, "", "", Scalar::text);
  }

  /** A block of settings; one that is not there has none. */
  Section section(String key) {
    return section(key, false);
  }

  /** A block whose names are free, such as those of columns. */
  Section free(String key) {
    return section(key, true);
  }

  private Section section(String key, boolean free) {
    ask(key, "");
    NodeTuple tuple = entries.get(key);
    Node node = tuple == null ? null : tuple.getValueNode();
    return new Section(reading, at(key), pattern(key), free, node, lineOf(key));
  }

  /** A list of blocks. */
  List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (Node node : list(key)) {
      String where = at(key) + "[" + sections.size() + "]";
      sections.add(
          new Section(reading, where, pattern(key) + "[]", false, node, YamlTree.lineOf(node)));
    }
    return sections;
  }

  /** A list of texts. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node node : list(key)) {
      String text = parse(reading.scalar(node, at(key), TEXT), "", Scalar::text);
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** A list of texts, or one text in its place. */
  List<String> textOrTexts(String key) {
    NodeTuple tuple = entries.get(key);
    if (tuple != null && tuple.getValueNode() instanceof SequenceNode) {
      return texts(key);
    }
    String text = text(key);
    return text.isEmpty() ? List.of() : List.of(text);
  }

  /** Refuses a setting that exists, but not here. */
  void refuse(String key, String message) {
    asked.add(key);
    if (has(key)) {
      fault(key, message);
    }
  }

  private void refuseUnknown() {
    for (String key : entries.keySet()) {
      if (!asked.contains(key)) {
        fault(key, "is not a known setting" + Nearest.hint(key, asked));
      }
    }
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is not a path", e);
    }
  }

  private <T> T required(String key, Set<Kind> kinds, T fallback, Function<Scalar, T> parser) {
    ask(key, "");
    if (!has(key)) {
      reading.fault(line, path, "lacks the setting " + key);
    }
    return parse(scalar(key, kinds), fallback, parser);
  }

  private <T> T optional(
      String key, Set<Kind> kinds, T fallback, String shown, Function<Scalar, T> parser) {
    ask(key, shown);
    return parse(scalar(key, kinds), fallback, parser);
  }

  private <T> T parse(Optional<Scalar> scalar, T fallback, Function<Scalar, T> parser) {
    if (scalar.isEmpty()) {
      return fallback;
    }
    Scalar value = scalar.get();
    if (value.text().isEmpty()) {
      reading.fault(value.line(), value.path(), "must not be empty");
      return fallback;
    }
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      reading.fault(value.line(), value.path(), value.quoted() + " " + e.getMessage());
      return fallback;
    }
  }

  private List<Node> list(String key) {
    ask(key, "");
    NodeTuple tuple = entries.get(key);
    if (tuple == null) {
      return List.of();
    }
    if (!(tuple.getValueNode() instanceof SequenceNode sequence)) {
      fault(key, "must be a list, not " + YamlTree.describe(tuple.getValueNode()));
      return List.of();
    }
    if (sequence.getValue().isEmpty()) {
      fault(key, "must not be empty");
    }
    return sequence.getValue();
  }

  private Optional<Scalar> scalar(String key, Set<Kind> kinds) {
    NodeTuple tuple = entries.get(key);
    return tuple == null ? Optional.empty() : reading.scalar(tuple.getValueNode(), at(key), kinds);
  }

  private void ask(String key, String defaultText) {
    asked.add(key);
    reading.asked(pattern(key), defaultText);
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String pattern(String key) {
    String name = freeNames ? "*" : key;
    return pattern.isEmpty() ? name : pattern + "." + name;
  }
}
