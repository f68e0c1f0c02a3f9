package io.initload.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.initload.config.ValueMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code mapped('name', key, ...)}: what a map of the file has for one or more values. */
final class MapFunction {
  static final String NAME = "mapped";
  private static final int KEYS_MAX = 4;

  private final Map<String, ValueMap> maps;

  MapFunction(Map<String, ValueMap> maps) {
    this.maps = maps;
  }

  void define(Language language) {
    for (int keys = 1; keys <= KEYS_MAX; keys++) {
      List<CelType> parameters = new ArrayList<>();
      parameters.add(SimpleType.STRING);
      for (int i = 0; i < keys; i++) {
        parameters.add(SimpleType.DYN);
      }
      language.define(NAME, ValueType.TEXT.type(), parameters, this::look);
    }
  }

  private Object look(Object[] a) {
    // That there is such a map, with so many keys, was checked with the expression.
    ValueMap map = maps.get(a[0]);
    if (map == null) {
      throw new Incomputable("asks a map that is not there");
    }
    List<String> key = new ArrayList<>(a.length - 1);
    for (int i = 1; i < a.length; i++) {
      key.add(TextFunctions.written(a[i]));
    }
    String value = map.entries().get(key);
    if (value == null && map.otherwise().isPresent()) {
      value = map.otherwise().get();
    }
    if (value != null) {
      return value.isEmpty() ? Language.NULL : value;
    }
    return switch (map.unmapped()) {
      case KEEP -> key.get(0);
      case NULL -> Language.NULL;
      case FAIL ->
          throw new Incomputable(
              Incomputable.UNMAPPED, "finds no value in the map %s".formatted(map.name()));
    };
  }
}
