package io.initload.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.initload.evidence.rows.DataProfile;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What was seen of rows as a document that is kept, and read again. */
public final class ProfileDocument {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(DocumentValues.module().addDeserializer(Instant.class, new Moment()))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private ProfileDocument() {}

  public static String of(DataProfile profile) {
    try {
      return MAPPER.writeValueAsString(profile);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a profile that cannot be written as JSON", e);
    }
  }

  /** What {@link #of} wrote; empty where another version wrote something else. */
  public static Optional<DataProfile> read(String document) {
    try {
      return Optional.of(MAPPER.readValue(document, DataProfile.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** In ISO 8601. */
  private static final class Moment extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    Moment() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Instant.parse(json.getText());
    }
  }
}
