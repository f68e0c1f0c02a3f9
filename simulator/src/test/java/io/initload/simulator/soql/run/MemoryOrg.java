package io.initload.simulator.soql.run;

import io.initload.simulator.model.SalesforceId;
import io.initload.simulator.soql.Catalog;
import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.FieldShape.Ability;
import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.RecordSource;
import io.initload.simulator.soql.RecordStream;
import io.initload.simulator.soql.RecordView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A small org in memory that counts how it is asked: scans, lookups by id and by key. */
final class MemoryOrg implements Catalog, RecordSource {
  static final String ACME = id("001", 1);
  static final String BETA = id("001", 2);
  static final String GAMMA = id("001", 3);
  static final String DELETED = id("001", 4);

  private static final Set<Ability> ALL =
      EnumSet.complementOf(EnumSet.of(Ability.CASE_SENSITIVE, Ability.INDEXED));

  private final Map<String, ObjectShape> shapes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> prefixes = new HashMap<>();
  private final Map<String, List<Row>> rows = new HashMap<>();
  int scans;
  int idLookups;
  int keyLookups;
  int rangeLookups;
  int openWalks;

  static final class Row implements RecordView {
    private final String id;
    private final boolean deleted;
    private final @Nullable Object[] values;

    Row(String id, boolean deleted, @Nullable Object[] values) {
      this.id = id;
      this.deleted = deleted;
      this.values = values;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public @Nullable Object value(int fieldIndex) {
      return values[fieldIndex];
    }
  }

  MemoryOrg() {
    define(
        "Account",
        "001",
        field("Id", FieldKind.ID),
        field("Name", FieldKind.TEXT),
        indexed("External_ID__c"),
        field("NumberOfEmployees", FieldKind.INTEGER),
        field("AnnualRevenue", FieldKind.DECIMAL),
        field("Active__c", FieldKind.BOOLEAN),
        field("Founded__c", FieldKind.DATE),
        field("CreatedDate", FieldKind.DATETIME),
        field("Tags__c", FieldKind.MULTI_PICKLIST),
        with("Description", FieldKind.TEXT, Set.of()),
        with("BillingAddress", FieldKind.COMPOUND, Set.of()),
        with(
            "Code__c",
            FieldKind.TEXT,
            Set.of(Ability.CASE_SENSITIVE, Ability.FILTER, Ability.SORT, Ability.GROUP)),
        reference("ParentId", "Parent", "Account"),
        reference("OwnerId", "Owner", "User", "Group"));
    define(
        "User",
        "005",
        field("Id", FieldKind.ID),
        field("Name", FieldKind.TEXT),
        field("Email", FieldKind.TEXT));
    define("Group", "00G", field("Id", FieldKind.ID), field("Name", FieldKind.TEXT));
    define(
        "Contact",
        "003",
        field("Id", FieldKind.ID),
        field("LastName", FieldKind.TEXT),
        reference("AccountId", "Account", "Account"));
    define(
        "Order",
        "801",
        field("Id", FieldKind.ID),
        field("Status", FieldKind.TEXT),
        reference("AccountId", "Account", "Account"));
  }

  /** Three accounts, one of them deleted in addition; two users; contacts and an order. */
  static MemoryOrg sample() {
    MemoryOrg org = new MemoryOrg();
    org.add("User", id("005", 1), false, "Ada Admin", "ada@example.com");
    org.add("Group", id("00G", 1), false, "Queue");
    Instant created = Instant.parse("2026-03-10T12:00:00Z");
    org.account(
        ACME,
        false,
        "Acme",
        "A-1",
        100L,
        5e6,
        true,
        "2001-02-03",
        created,
        "red;green",
        "aB",
        null,
        id("005", 1));
    org.account(
        BETA,
        false,
        "beta",
        "A-2",
        50L,
        912260031.0,
        false,
        null,
        created.plusSeconds(86_400),
        "red",
        "ab",
        ACME,
        id("00G", 1));
    org.account(
        GAMMA,
        false,
        "Gamma%",
        "A-3",
        null,
        null,
        false,
        "2020-12-31",
        created.minusSeconds(400 * 86_400L),
        null,
        null,
        BETA,
        null);
    org.account(DELETED, true, "Gone", "A-4", 1L, 1.0, true, null, created, null, null, null, null);
    org.add("Contact", id("003", 1), false, "Able", ACME);
    org.add("Contact", id("003", 2), false, "Baker", ACME);
    org.add("Contact", id("003", 3), false, "Charlie", null);
    org.add("Order", id("801", 1), false, "Draft", BETA);
    return org;
  }

  static String id(String prefix, int number) {
    return SalesforceId.to18(prefix + "000000" + "%06d".formatted(number)).orElseThrow();
  }

  void account(
      String id,
      boolean deleted,
      String name,
      String key,
      @Nullable Long employees,
      @Nullable Double revenue,
      boolean active,
      @Nullable String founded,
      Instant created,
      @Nullable String tags,
      @Nullable String code,
      @Nullable String parent,
      @Nullable String owner) {
    LocalDate day = founded == null ? null : LocalDate.parse(founded);
    add(
        "Account",
        id,
        deleted,
        name,
        key,
        employees,
        revenue,
        active,
        day,
        created,
        tags,
        "long text",
        null,
        code,
        parent,
        owner);
  }

  void add(String object, String id, boolean deleted, @Nullable Object... rest) {
    @Nullable Object[] values = new @Nullable Object[rest.length + 1];
    values[0] = id;
    System.arraycopy(rest, 0, values, 1, rest.length);
    rows.computeIfAbsent(object, absent -> new ArrayList<>()).add(new Row(id, deleted, values));
  }

  private void define(String name, String prefix, FieldShape... fields) {
    List<FieldShape> numbered = new ArrayList<>();
    for (FieldShape field : fields) {
      numbered.add(
          new FieldShape(
              field.name(),
              numbered.size(),
              field.kind(),
              field.abilities(),
              field.relationshipName(),
              field.referenceTo()));
    }
    shapes.put(name, new ObjectShape(name, numbered));
    prefixes.put(prefix, name);
  }

  private static FieldShape field(String name, FieldKind kind) {
    return with(name, kind, ALL);
  }

  private static FieldShape with(String name, FieldKind kind, Set<Ability> abilities) {
    return new FieldShape(name, 0, kind, abilities, null, List.of());
  }

  private static FieldShape indexed(String name) {
    EnumSet<Ability> abilities = EnumSet.copyOf(ALL);
    abilities.add(Ability.INDEXED);
    return with(name, FieldKind.TEXT, abilities);
  }

  private static FieldShape reference(String name, String relationship, String... targets) {
    return new FieldShape(name, 0, FieldKind.REFERENCE, ALL, relationship, List.of(targets));
  }

  @Override
  public Optional<ObjectShape> object(String name) {
    return Optional.ofNullable(shapes.get(name));
  }

  @Override
  public RecordStream scan(ObjectShape object, Visibility visibility) {
    scans++;
    return walk(visible(object, visibility));
  }

  @Override
  public RecordStream inIdOrder(ObjectShape object, Visibility visibility, boolean descending) {
    Comparator<Row> order = Comparator.comparing(Row::id);
    return walk(
        visible(object, visibility).stream()
            .sorted(descending ? order.reversed() : order)
            .toList());
  }

  @Override
  public Optional<RecordView> byId(ObjectShape object, String id, Visibility visibility) {
    idLookups++;
    return visible(object, visibility).stream()
        .filter(row -> row.id().equals(id))
        .map(row -> (RecordView) row)
        .findFirst();
  }

  @Override
  public RecordStream byKey(
      ObjectShape object, FieldShape field, String value, Visibility visibility) {
    keyLookups++;
    String wanted = value.toLowerCase(Locale.ROOT);
    return walk(
        visible(object, visibility).stream()
            .filter(
                row ->
                    wanted.equals(
                        Objects.toString(row.value(field.index()), "").toLowerCase(Locale.ROOT)))
            .toList());
  }

  @Override
  public RecordStream byRange(
      ObjectShape object,
      FieldShape field,
      @Nullable String from,
      @Nullable String to,
      Visibility visibility) {
    rangeLookups++;
    return walk(
        visible(object, visibility).stream()
            .filter(row -> row.value(field.index()) != null)
            .filter(
                row ->
                    from == null
                        || from.compareToIgnoreCase(String.valueOf(row.value(field.index()))) <= 0)
            .filter(
                row ->
                    to == null
                        || to.compareToIgnoreCase(String.valueOf(row.value(field.index()))) >= 0)
            .toList());
  }

  @Override
  public OptionalLong count(ObjectShape object, Visibility visibility) {
    return visibility == Visibility.LIVE
        ? OptionalLong.of(visible(object, visibility).size())
        : OptionalLong.empty();
  }

  @Override
  public Optional<ObjectShape> objectOf(String id) {
    return Optional.ofNullable(prefixes.get(id.substring(0, 3))).flatMap(this::object);
  }

  private List<Row> visible(ObjectShape object, Visibility visibility) {
    return rows.getOrDefault(object.name(), List.of()).stream()
        .filter(row -> visibility == Visibility.WITH_DELETED || !row.deleted)
        .toList();
  }

  private RecordStream walk(List<Row> found) {
    openWalks++;
    return new RecordStream() {
      private int at = -1;

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
        openWalks--;
      }
    };
  }
}
