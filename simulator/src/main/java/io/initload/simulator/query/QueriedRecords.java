package io.initload.simulator.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.model.Schema;
import io.initload.simulator.soql.Catalog;
import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.FieldShape.Ability;
import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.RecordSource;
import io.initload.simulator.soql.RecordView;
import io.initload.simulator.store.RecordCursor;
import io.initload.simulator.store.Records;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The org's records and describes, as queries see them. Safe for several threads; each cursor
 * belongs to one.
 */
public final class QueriedRecords implements Catalog, RecordSource {
  private static final int KEY_MATCHES_MAX = 10_000;

  private final Schema seen;
  private final Records records;
  private final Map<String, Queried> objects = new HashMap<>();

  /** An object as queries see it, and where its values lie. */
  private record Queried(SObjectType type, ObjectShape shape, List<Field> fields) {}

  /** {@code seen} is the schema as the asking user sees it; what it hides is unknown to queries. */
  public QueriedRecords(Schema seen, Records records) {
    this.seen = seen;
    this.records = records;
    for (SObjectType type : seen.objects()) {
      SObjectType stored = records.schema().object(type.name()).orElseThrow();
      List<Field> fields = new ArrayList<>();
      List<FieldShape> shapes = new ArrayList<>();
      Map<String, JsonNode> described = describes(type);
      for (Field field : type.fields()) {
        shapes.add(
            shape(field, shapes.size(), described.getOrDefault(field.name(), type.describe())));
        fields.add(stored.field(field.name()).orElseThrow());
      }
      objects.put(
          fold(type.name()), new Queried(stored, new ObjectShape(type.name(), shapes), fields));
    }
  }

  private static Map<String, JsonNode> describes(SObjectType type) {
    Map<String, JsonNode> described = new HashMap<>();
    for (JsonNode field : type.describe().path("fields")) {
      described.put(field.path("name").asText(), field);
    }
    return described;
  }

  private static FieldShape shape(Field field, int index, JsonNode described) {
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    add(abilities, Ability.FILTER, described.path("filterable").asBoolean(true));
    add(abilities, Ability.SORT, described.path("sortable").asBoolean(true));
    add(abilities, Ability.GROUP, described.path("groupable").asBoolean(true));
    add(abilities, Ability.AGGREGATE, described.path("aggregatable").asBoolean(true));
    add(abilities, Ability.CASE_SENSITIVE, field.caseSensitive());
    add(abilities, Ability.INDEXED, field.indexed());
    return new FieldShape(
        field.name(),
        index,
        kind(field),
        abilities,
        field.relationship().orElse(null),
        field.referenceTo());
  }

  private static void add(Set<Ability> abilities, Ability ability, boolean has) {
    if (has) {
      abilities.add(ability);
    }
  }

  private static FieldKind kind(Field field) {
    return switch (field.type()) {
      case ID -> FieldKind.ID;
      case REFERENCE -> FieldKind.REFERENCE;
      case STRING, TEXTAREA, PICKLIST, COMBOBOX, PHONE, EMAIL, URL, ENCRYPTEDSTRING, ANYTYPE ->
          FieldKind.TEXT;
      case MULTIPICKLIST -> FieldKind.MULTI_PICKLIST;
      case BASE64 -> FieldKind.BLOB;
      case BOOLEAN -> FieldKind.BOOLEAN;
      case INT, LONG -> FieldKind.INTEGER;
      case DOUBLE, CURRENCY, PERCENT -> FieldKind.DECIMAL;
      case DATE -> FieldKind.DATE;
      case DATETIME -> FieldKind.DATETIME;
      case TIME -> FieldKind.TIME;
      case ADDRESS, LOCATION -> FieldKind.COMPOUND;
    };
  }

  @Override
  public Optional<ObjectShape> object(String name) {
    return Optional.ofNullable(objects.get(fold(name))).map(Queried::shape);
  }

  @Override
  public io.initload.simulator.soql.RecordStream scan(ObjectShape object, Visibility visibility) {
    Queried queried = queried(object);
    RecordCursor.Show show =
        visibility == Visibility.LIVE ? RecordCursor.Show.LIVE : RecordCursor.Show.WITH_DELETED;
    return new Walk(records.scan(queried.type(), show), new RecordValues(queried.fields()));
  }

  @Override
  public io.initload.simulator.soql.RecordStream inIdOrder(
      ObjectShape object, Visibility visibility, boolean descending) {
    Queried queried = queried(object);
    RecordCursor.Show show =
        visibility == Visibility.LIVE ? RecordCursor.Show.LIVE : RecordCursor.Show.WITH_DELETED;
    return new Walk(
        descending ? records.backwards(queried.type(), show) : records.scan(queried.type(), show),
        new RecordValues(queried.fields()));
  }

  @Override
  public Optional<RecordView> byId(ObjectShape object, String id, Visibility visibility) {
    Queried queried = queried(object);
    return records
        .byId(id)
        .filter(record -> record.type() == queried.type())
        .filter(record -> visibility == Visibility.WITH_DELETED || !record.deleted())
        .map(record -> new RecordValues(queried.fields()).showing(record));
  }

  /** Deleted records are in no index: where they count, all records are walked. */
  @Override
  public io.initload.simulator.soql.RecordStream byKey(
      ObjectShape object, FieldShape field, String value, Visibility visibility) {
    if (visibility == Visibility.WITH_DELETED) {
      return scan(object, visibility);
    }
    Queried queried = queried(object);
    List<RecordView> found = new ArrayList<>();
    for (var record :
        records.byKey(
            queried.type(), queried.fields().get(field.index()), value, KEY_MATCHES_MAX)) {
      found.add(new RecordValues(queried.fields()).showing(record));
    }
    return new FoundRecords(found);
  }

  @Override
  public io.initload.simulator.soql.RecordStream byRange(
      ObjectShape object,
      FieldShape field,
      @Nullable String from,
      @Nullable String to,
      Visibility visibility) {
    if (visibility == Visibility.WITH_DELETED) {
      return scan(object, visibility);
    }
    Queried queried = queried(object);
    if (field.kind() == FieldKind.ID) {
      return new Walk(
          records.idRange(queried.type(), from, to), new RecordValues(queried.fields()));
    }
    return new Walk(
        records.range(queried.type(), queried.fields().get(field.index()), from, to),
        new RecordValues(queried.fields()));
  }

  @Override
  public OptionalLong count(ObjectShape object, Visibility visibility) {
    return visibility == Visibility.LIVE
        ? OptionalLong.of(records.count(queried(object).type()))
        : OptionalLong.empty();
  }

  @Override
  public Optional<ObjectShape> objectOf(String id) {
    return id.length() < 3
        ? Optional.empty()
        : seen.byPrefix(id.substring(0, 3)).flatMap(type -> object(type.name()));
  }

  private Queried queried(ObjectShape object) {
    Queried queried = objects.get(fold(object.name()));
    if (queried == null) {
      throw new IllegalArgumentException(object + " is not an object of this org");
    }
    return queried;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static final class Walk implements io.initload.simulator.soql.RecordStream {
    private final RecordCursor cursor;
    private final RecordValues values;

    Walk(RecordCursor cursor, RecordValues values) {
      this.cursor = cursor;
      this.values = values;
    }

    @Override
    public boolean next() {
      return cursor.next();
    }

    @Override
    public RecordView record() {
      return values.showing(cursor.record());
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  private static final class FoundRecords implements io.initload.simulator.soql.RecordStream {
    private final List<RecordView> found;
    private int at = -1;

    FoundRecords(List<RecordView> found) {
      this.found = found;
    }

    @Override
    public boolean next() {
      return ++at < found.size();
    }

    @Override
    public RecordView record() {
      return found.get(at);
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}
