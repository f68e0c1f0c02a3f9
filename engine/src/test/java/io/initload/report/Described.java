package io.initload.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** Documents against their published schemas, which must describe each member. */
final class Described {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Described() {}

  /** Fails unless a document is of a schema, and the schema names every member of it. */
  static void by(String file, ObjectNode document) throws Exception {
    JsonNode schema = schema(file);
    JsonSchema checked = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
    assertThat(checked.validate(JSON.readTree(document.toString()))).isEmpty();
    everyMemberIsNamed("", document, schema, schema);
  }

  /** Members of the document that the schema does not describe would be undocumented. */
  private static void everyMemberIsNamed(
      String where, JsonNode document, JsonNode schema, JsonNode whole) {
    String reference = schema.path("$ref").asText();
    JsonNode at = reference.isEmpty() ? schema : whole.at(reference.substring(1));
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      JsonNode described = at.path("properties").path(member.getKey());
      assertThat(described.isMissingNode()).as(where + "." + member.getKey()).isFalse();
      everyMemberIsNamed(where + "." + member.getKey(), member.getValue(), described, whole);
    }
    if (document.isArray()) {
      document.forEach(element -> everyMemberIsNamed(where, element, at.path("items"), whole));
    }
  }

  private static JsonNode schema(String file) throws Exception {
    try (InputStream in = CertificateJson.class.getResourceAsStream(file)) {
      return JSON.readTree(Objects.requireNonNull(in));
    }
  }
}
