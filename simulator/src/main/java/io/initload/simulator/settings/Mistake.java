package io.initload.simulator.settings;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a tree of settings, in the words of who wrote it.
 *
 * @param whole what the tree as a whole is called
 */
record Mistake(JsonMapper mapper, String whole, JsonNode tree, JsonMappingException found) {
  String text() {
    List<Reference> path = found.getPath();
    if (found instanceof UnrecognizedPropertyException unknown) {
      List<Reference> around = path.subList(0, path.size() - 1);
      return unknown(around, unknown.getPropertyName(), keys(unknown.getReferringClass()));
    } else if (found instanceof ValueInstantiationException refused && refused.getCause() != null) {
      return refused(path, refused.getType().getRawClass(), refused.getCause());
    } else if (found instanceof MismatchedInputException other && other.getTargetType() != null) {
      return "%s must be %s, not %s"
          .formatted(where(path), expected(other.getTargetType()), written());
    }
    return where(path) + ": " + found.getOriginalMessage();
  }

  private String unknown(List<Reference> around, String name, List<String> known) {
    return "%s: unknown key '%s'; known are %s%s"
        .formatted(where(around), name, known, NearestName.hint(name, known));
  }

  /** A value that is missing may be there under a name that nobody knows. */
  private String refused(List<Reference> path, Class<?> type, Throwable cause) {
    List<String> known = keys(type);
    return at().properties().stream()
        .map(Map.Entry::getKey)
        .filter(key -> !known.contains(key))
        .findFirst()
        .map(key -> unknown(path, key, known))
        .orElseGet(() -> where(path) + ": " + cause.getMessage());
  }

  /** The place as {@code faults[0].when.after}. */
  private String where(List<Reference> path) {
    StringBuilder where = new StringBuilder();
    for (Reference step : path) {
      if (step.getFieldName() == null) {
        where.append('[').append(step.getIndex()).append(']');
      } else {
        where.append(where.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return where.isEmpty() ? whole : where.toString();
  }

  private JsonNode at() {
    JsonNode at = tree;
    for (Reference step : found.getPath()) {
      at = step.getFieldName() == null ? at.path(step.getIndex()) : at.path(step.getFieldName());
    }
    return at;
  }

  private String written() {
    JsonNode at = at();
    return at.isMissingNode() || at.isNull() ? "nothing" : "'" + at.asText(at.toString()) + "'";
  }

  private String expected(Class<?> type) {
    Object[] constants = type.getEnumConstants();
    if (constants != null) {
      return "one of " + String.join(", ", mapper.convertValue(constants, String[].class));
    } else if (type == Duration.class) {
      return Span.EXPECTED;
    } else if (type == int.class || type == long.class || type == Integer.class) {
      return "a whole number";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    } else if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    } else if (Map.class.isAssignableFrom(type)) {
      return "a mapping";
    }
    return type.isRecord() ? "a mapping with some of " + keys(type) : "a text";
  }

  private List<String> keys(Class<?> type) {
    JavaType record = mapper.constructType(type);
    return mapper.getDeserializationConfig().introspect(record).findProperties().stream()
        .filter(BeanPropertyDefinition::hasConstructorParameter)
        .map(BeanPropertyDefinition::getName)
        .sorted()
        .toList();
  }
}
