package io.initload.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** How moments, and values that may be absent, stand in documents. */
public final class DocumentValues {
  private DocumentValues() {}

  /** For a mapper that writes documents. */
  public static SimpleModule module() {
    return new SimpleModule()
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addSerializer(OptionalLong.class, new OptionalNumber())
        .addSerializer(new OptionalValue());
  }

  /** A number that may be unknown: null then. */
  private static final class OptionalNumber extends StdSerializer<OptionalLong> {
    private static final long serialVersionUID = 1L;

    OptionalNumber() {
      super(OptionalLong.class);
    }

    @Override
    public void serialize(OptionalLong value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        json.writeNumber(value.getAsLong());
      } else {
        json.writeNull();
      }
    }
  }

  /** What may be absent: null then. */
  private static final class OptionalValue extends StdSerializer<Optional<?>> {
    private static final long serialVersionUID = 1L;

    OptionalValue() {
      super(Optional.class, true);
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        provider.defaultSerializeValue(value.get(), json);
      } else {
        json.writeNull();
      }
    }
  }
}
