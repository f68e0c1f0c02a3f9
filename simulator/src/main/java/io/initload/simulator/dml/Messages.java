package io.initload.simulator.dml;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.dml.DmlRules.Language;
import io.initload.simulator.dml.demand.Objection;
import io.initload.simulator.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The texts of row errors in the user's language, from {@code messages.yaml}. Immutable. */
final class Messages {
  private static final String FILE = "messages.yaml";
  private static final Map<Language, Messages> ALL = all();

  private final Map<String, String> texts;

  private Messages(Map<String, String> texts) {
    this.texts = texts;
  }

  static Messages in(Language language) {
    return Objects.requireNonNull(ALL.get(language));
  }

  private static Map<Language, Messages> all() {
    JsonNode file = Settings.tree(read());
    return Stream.of(Language.values())
        .collect(Collectors.toUnmodifiableMap(l -> l, l -> new Messages(texts(file, l))));
  }

  private static Object read() {
    try (InputStream in = Objects.requireNonNull(Messages.class.getResourceAsStream(FILE), FILE)) {
      return new Load(LoadSettings.builder().setLabel(FILE).build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }

  private static Map<String, String> texts(JsonNode file, Language language) {
    String name = language.name().toLowerCase(Locale.ROOT);
    return file.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().required(name).textValue()));
  }

  private String text(String key, Object... values) {
    return Objects.requireNonNull(texts.get(key), key).formatted(values);
  }

  /** What the user is told of an objection. */
  RowError error(Objection objection) {
    String text =
        switch (objection.reason()) {
          case RECORD_TYPE -> recordTypeNotValid(objection.detail(0));
          case PICKLIST -> badPicklist(objection.detail(0), objection.detail(1));
          case VALIDATION -> objection.detail(0);
          case INACTIVE_OWNER -> inactiveOwner(objection.detail(0), objection.detail(1));
          case QUEUE -> queueNotAssociated();
          case BAD_FIELDS -> badFields(objection.detail(0), objection.detail(1));
          case CONVERSION -> personConversion();
          case REQUIRED -> requiredMissing(objection.detail(0));
          case DUPLICATE -> duplicatesDetected();
          case LOOP, LOOP_AS_INTEGRITY -> loop(objection.detail(0));
        };
    return new RowError(objection.reason().code(), text, objection.fields());
  }

  String loop(String label) {
    return text("loop", label);
  }

  String duplicatesDetected() {
    return text("duplicatesDetected");
  }

  String inactiveOwner(String id, String object) {
    return text("inactiveOwner", id, object);
  }

  String queueNotAssociated() {
    return text("queueNotAssociated");
  }

  String badFields(String object, String fields) {
    return text("badFields", object, fields);
  }

  String personConversion() {
    return text("personConversion");
  }

  String recordTypeNotValid(String id) {
    return text("recordTypeNotValid", id);
  }

  String requiredMissing(String names) {
    return text("requiredMissing", names);
  }

  String tooLong(String label, String value, int max) {
    return text("tooLong", label, value, max);
  }

  String notDeserialized(int column, String value, String type) {
    return text("notDeserialized", column, value, type);
  }

  String notOfType(String label, String value) {
    return text("notOfType", label, value);
  }

  String outOfRange(String label, String value) {
    return text("outOfRange", label, value);
  }

  String badDate(String label, String value) {
    return text("badDate", label, value);
  }

  String badPicklist(String label, String value) {
    return text("badPicklist", label, value);
  }

  String badEmail(String label, String value) {
    return text("badEmail", label, value);
  }

  String malformedId(String label, String value) {
    return text("malformedId", label, value);
  }

  String crossReference() {
    return text("crossReference");
  }

  String deleted() {
    return text("deleted");
  }

  String foreignKeyMissing(String value, String field, String object) {
    return text("foreignKeyMissing", value, field, object);
  }

  String foreignKeySeveral(String field) {
    return text("foreignKeySeveral", field);
  }

  String notSpecified(String field) {
    return text("notSpecified", field);
  }

  String idNotSpecified(String call) {
    return text("idNotSpecified", call);
  }

  String idOnInsert() {
    return text("idOnInsert");
  }

  String duplicateKey(String value) {
    return text("duplicateKey", value);
  }

  String duplicateId(String value) {
    return text("duplicateId", value);
  }

  String duplicateValue(String field, String id) {
    return text("duplicateValue", field, id);
  }

  String severalByKey(String label, String ids) {
    return text("severalByKey", label, ids);
  }

  String notWritable(String fields) {
    return text("notWritable", fields);
  }

  String locked(String ids) {
    return text("locked", ids);
  }

  String triggerFailed(String trigger, String poison) {
    return text("triggerFailed", trigger, poison);
  }

  String unescapedQuote() {
    return text("unescapedQuote");
  }

  String raggedRow(int found, int expected) {
    return text("raggedRow", found, expected);
  }

  String storageFull() {
    return text("storageFull");
  }
}
