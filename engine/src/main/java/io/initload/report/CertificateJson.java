package io.initload.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.Sha256;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.undo.UndoCertificate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The certificate as a JSON document ({@code docs/certificate.md}, {@code
 * certificate.schema.json}), with the SHA-256 of its canonical form: that of RFC 8785, members in
 * the order of their names and no space between them, without the member {@code digest}.
 */
public final class CertificateJson {
  /** Raised when a member is taken away or means something else; new ones do not raise it. */
  public static final int SCHEMA = 1;

  private static final String DIGEST = "digest";
  private static final String KIND = "kind";
  private static final String UNDO = "undo";

  /** Places behind the point of shares. */
  private static final int DIGITS = 4;

  private static final ObjectMapper MAPPER =
      new ObjectMapper().registerModule(DocumentValues.module());

  private CertificateJson() {}

  /** The document. */
  public static ObjectNode of(Certificate certificate) {
    return digested(MAPPER.createObjectNode().put("schema", SCHEMA), certificate);
  }

  /** That of a deletion ({@code undo.schema.json}), which says so in its member {@code kind}. */
  public static ObjectNode of(UndoCertificate certificate) {
    ObjectNode document = MAPPER.createObjectNode().put("schema", SCHEMA).put(KIND, UNDO);
    return digested(document, certificate);
  }

  private static ObjectNode digested(ObjectNode document, Object certificate) {
    document.setAll((ObjectNode) plain(MAPPER.valueToTree(certificate)));
    document.put(DIGEST, digest(document));
    return document;
  }

  /** Shares are no longer than both sides of a comparison write them. */
  private static JsonNode plain(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(member -> member.setValue(plain(member.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, plain(array.get(i)));
      }
    } else if (node.isFloatingPointNumber()) {
      BigDecimal share =
          node.decimalValue().setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
      return DecimalNode.valueOf(share.scale() < 0 ? share.setScale(0) : share);
    }
    return node;
  }

  /** SHA-256 of a document's canonical form. */
  public static String digest(JsonNode document) {
    return Sha256.of(canonical(document));
  }

  /** What is digested and signed: the canonical form of a document without its digest. */
  public static String canonical(JsonNode document) {
    ObjectNode body = ((ObjectNode) document).deepCopy();
    body.remove(DIGEST);
    StringBuilder text = new StringBuilder();
    canonical(body, text);
    return text.toString();
  }

  /** Whether a document is the certificate of a deletion. */
  public static boolean ofUndo(JsonNode document) {
    return document.path(KIND).asText().equals(UNDO);
  }

  /** Whether a document is as it was written. */
  public static boolean intact(JsonNode document) {
    return document.path(DIGEST).asText().equals(digest(document));
  }

  /** Whether a text is such a document, of a version that is known here. */
  public static boolean known(JsonNode document) {
    return document.isObject()
        && document.path("schema").asInt() == SCHEMA
        && document.hasNonNull(DIGEST)
        && document.path("tables").isArray();
  }

  private static void canonical(JsonNode node, StringBuilder to) {
    if (node.isObject()) {
      List<String> names = new ArrayList<>();
      node.fieldNames().forEachRemaining(names::add);
      names.sort(null);
      String comma = "{";
      for (String name : names) {
        to.append(comma);
        quoted(name, to);
        canonical(node.get(name), to.append(':'));
        comma = ",";
      }
      to.append(names.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      String comma = "[";
      for (JsonNode element : node) {
        canonical(element, to.append(comma));
        comma = ",";
      }
      to.append(node.isEmpty() ? "[]" : "]");
    } else if (node.isTextual()) {
      quoted(node.textValue(), to);
    } else if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      to.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    } else {
      to.append(node.asText());
    }
  }

  private static void quoted(String text, StringBuilder to) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\b' -> to.append("\\b");
        case '\f' -> to.append("\\f");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> {
          if (c < ' ') {
            to.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
          } else {
            to.append(c);
          }
        }
      }
    }
    to.append('"');
  }
}
