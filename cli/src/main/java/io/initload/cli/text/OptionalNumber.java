package io.initload.cli.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.OptionalLong;

/** A number that may be unknown: null then. */
final class OptionalNumber extends StdSerializer<OptionalLong> {
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
