package io.initload.simulator.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.Duration;

/**
 * Records as trees of settings and back: constants are written {@code store-raw}, spans {@code
 * 20s}. What a record's constructor refuses with an {@link IllegalArgumentException} is a mistake
 * of who wrote the setting.
 */
public final class Settings {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfigDefaults(
              empty -> empty.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .withCoercionConfig(
              LogicalType.Boolean,
              number -> number.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, new SpanWriter())
                  .addDeserializer(Duration.class, new SpanReader()))
          .build();

  private Settings() {}

  /** A record as a tree that may be changed and read again. */
  public static ObjectNode tree(Record settings) {
    return MAPPER.valueToTree(settings);
  }

  /** What a parser of another notation has made (maps, lists, scalars) as a tree. */
  public static JsonNode tree(Object parsed) {
    return MAPPER.valueToTree(parsed);
  }

  /**
   * Reads a record.
   *
   * @param whole what the tree is called in messages, such as {@code fault plan}
   * @throws IllegalArgumentException if the tree is none; the message says where, what was expected
   *     and, for a name nobody knows, which one was meant
   */
  public static <T> T read(String whole, JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(new Mistake(MAPPER, whole, tree, e).text(), e);
    } catch (IOException e) {
      throw new IllegalStateException("a tree in memory cannot be read", e);
    }
  }

  private static final class SpanWriter extends ToStringSerializerBase {
    private static final long serialVersionUID = 1L;

    SpanWriter() {
      super(Duration.class);
    }

    @Override
    public String valueToString(Object value) {
      return Span.print((Duration) value);
    }
  }

  private static final class SpanReader extends StdScalarDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    SpanReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getValueAsString("");
      try {
        return Span.parse("it", text);
      } catch (IllegalArgumentException e) {
        return (Duration) context.handleWeirdStringValue(Duration.class, text, "no span");
      }
    }
  }
}
