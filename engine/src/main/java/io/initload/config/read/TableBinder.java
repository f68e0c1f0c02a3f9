package io.initload.config.read;

import io.initload.Nearest;
import io.initload.config.Affinity;
import io.initload.config.Chunking;
import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Column;
import io.initload.config.FieldMapping.Composite;
import io.initload.config.FieldMapping.Constant;
import io.initload.config.FieldMapping.Expression;
import io.initload.config.FieldMapping.Feed;
import io.initload.config.FieldMapping.MultiSelect;
import io.initload.config.Hierarchy;
import io.initload.config.Hierarchy.Writing;
import io.initload.config.OrphanPolicy;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.ErrorLimit;
import io.initload.config.TableConfig.Nulls;
import io.initload.config.TableConfig.Operation;
import io.initload.config.TargetConfig;
import io.initload.config.ValuePolicy;
import io.initload.config.rows.Computed;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One entry of {@code tables}. */
final class TableBinder {
  private static final SourceName UNKNOWN = new SourceName("", "");
  private static final Pattern OBJECT = Pattern.compile("[A-Za-z]\\w*");
  private static final Pattern FIELD =
      Pattern.compile("[A-Za-z]\\w*|([A-Za-z]\\w*:)?[A-Za-z]\\w*\\.[A-Za-z]\\w*");
  private static final Pattern PERCENT = Pattern.compile("([0-9]+(\\.[0-9]+)?)%");

  private final SourceConfig source;
  private final Optional<ZoneId> zone;
  private final TargetConfig target;
  private final List<String> phases;
  private final Maps maps;
  private final Masks masks;

  TableBinder(
      SourceConfig source,
      Optional<ZoneId> zone,
      TargetConfig target,
      List<String> phases,
      Maps maps,
      Masks masks) {
    this.maps = maps;
    this.masks = masks;
    this.source = source;
    this.zone = zone;
    this.target = target;
    this.phases = phases;
  }

  TableConfig bind(Section section) {
    Section sql = section.free("sql");
    SourceName table =
        rows(section)
            .where(section.has("where") ? section.parsed("where", "", SqlText::expression) : "")
            .computing(computed(sql));
    String object = section.parsed("object", "", TableBinder::object);
    String phase = phase(section);
    List<FieldMapping> fields = masks.around(section, fields(section, sql));
    String externalId = section.parsed("externalId", "", TableBinder::field);
    checkKey(section, externalId, fields);
    int max = target.maxConcurrentJobs();
    int concurrency = section.integer("concurrency", max, 1, 100);
    if (concurrency > max) {
      section.fault("concurrency", concurrency + " is above target.maxConcurrentJobs, " + max);
    }
    return new TableConfig(
        section.text("name", table.toString()),
        table,
        object,
        phase,
        externalId,
        fields,
        chunking(section.section("chunking")),
        Math.min(concurrency, max),
        section.integer("retries", 5, 0, 100),
        section.parsed(
            "stopAfterErrors", Section.TEXT_OR_NUMBER, ErrorLimit.DEFAULT, TableBinder::errorLimit),
        section.choice("nulls", Nulls.IGNORE),
        section.parsed(
            "sourceZone", Section.TEXT, zone.map(ZoneId::getId).orElse("UTC"), TableBinder::zone),
        zone.isPresent() || section.has("sourceZone"),
        values(section.free("values"), fields),
        new Hierarchy(
            writing(section),
            section.integer("levels", Hierarchy.DEFAULT.levels(), 1, 50),
            orphans(section.free("orphans"), fields),
            fallbacks(section.free("fallbacks"), fields)),
        new Controls(fields).of(section.free("controls")));
  }

  private static Writing writing(Section section) {
    boolean once = section.parsed("writeOnce", Section.YES_OR_NO, "false", Boolean::parseBoolean);
    return switch (section.choice("operation", Operation.UPSERT)) {
      case INSERT -> Writing.INSERTED;
      case UPSERT -> once ? Writing.ONCE : Writing.AGAIN;
    };
  }

  private static Map<String, String> fallbacks(Section section, List<FieldMapping> fields) {
    Map<String, String> fallbacks = new LinkedHashMap<>();
    for (String field : section.names()) {
      checkLookup(section, field, fields);
      fallbacks.put(field, section.text(field));
    }
    return fallbacks;
  }

  private static void checkLookup(Section section, String field, List<FieldMapping> fields) {
    List<String> lookups =
        fields.stream().map(FieldMapping::field).filter(name -> name.contains(".")).toList();
    if (!lookups.contains(field)) {
      section.fault(field, "is no lookup that is fed" + Nearest.hint(field, lookups));
    }
  }

  private static Map<String, OrphanPolicy> orphans(Section section, List<FieldMapping> fields) {
    Map<String, OrphanPolicy> policies = new LinkedHashMap<>();
    for (String field : section.names()) {
      checkLookup(section, field, fields);
      section.choice(field, OrphanPolicy.class).ifPresent(policy -> policies.put(field, policy));
    }
    return policies;
  }

  private static Map<String, ValuePolicy> values(Section section, List<FieldMapping> fields) {
    List<String> columns =
        fields.stream()
            .flatMap(
                f ->
                    f.feed() instanceof Expression
                        ? Stream.of(f.policyName())
                        : f.feed().columns().stream())
            .toList();
    Map<String, ValuePolicy> policies = new LinkedHashMap<>();
    for (String column : section.names()) {
      if (!columns.contains(column)) {
        section.fault(column, "is a column that feeds no field" + Nearest.hint(column, columns));
      }
      Section policy = section.section(column);
      policies.put(
          column,
          new ValuePolicy(
              policy.choice("controls", ValuePolicy.Controls.DROP),
              policy.choice("tooLong", ValuePolicy.TooLong.SEND),
              policy.choice("dates", ValuePolicy.Dates.SEND),
              policy.choice("padding", ValuePolicy.Padding.TRIM),
              policy.choice("bytes", ValuePolicy.Bytes.HEX),
              policy.has("zone")
                  ? Optional.of(policy.parsed("zone", Section.TEXT, "UTC", TableBinder::zone))
                  : Optional.empty(),
              policy.choice("nullText", ValuePolicy.NullText.EMPTY)));
    }
    return policies;
  }

  private String phase(Section section) {
    String only = phases.size() == 1 ? phases.get(0) : "";
    String phase = only.isEmpty() ? section.text("phase") : section.text("phase", only);
    if (!phase.isEmpty() && !phases.isEmpty() && !phases.contains(phase)) {
      section.fault(
          "phase",
          "is not one of the phases " + String.join(", ", phases) + Nearest.hint(phase, phases));
    }
    return phase;
  }

  private Chunking chunking(Section section) {
    Chunking.Strategy strategy = section.choice("strategy", Chunking.Strategy.AUTO);
    Affinity affinity = affinity(section.text("affinity", "auto"));
    String key = section.has("key") ? section.text("key") : "";
    if (!key.isEmpty()) {
      strategy = byKey(section, strategy, affinity);
    }
    if (affinity.mode() == Affinity.Mode.COLUMN
        && strategy != Chunking.Strategy.AUTO
        && strategy != Chunking.Strategy.KEY) {
      section.fault(
          "affinity",
          "cuts the table by the keys of "
              + affinity.column()
              + ": the strategy must be auto or key");
    }
    return new Chunking(
        strategy,
        section.whole("rows", 1_000_000, 1, 1_000_000_000),
        section.integer("parallelHint", source.parallelHint(), 0, 256),
        affinity,
        key);
  }

  private static Chunking.Strategy byKey(
      Section section, Chunking.Strategy strategy, Affinity affinity) {
    boolean ordered = strategy == Chunking.Strategy.KEY || strategy == Chunking.Strategy.ROWNUM;
    if (affinity.mode() == Affinity.Mode.COLUMN) {
      section.fault("key", "cuts the table by one column and affinity by another: only one can");
    } else if (!ordered && strategy != Chunking.Strategy.AUTO) {
      section.fault("key", "cuts the table by a column: the strategy must be auto, key or rownum");
    }
    return ordered ? strategy : Chunking.Strategy.KEY;
  }

  private static Affinity affinity(String text) {
    return switch (text) {
      case "auto" -> Affinity.AUTO;
      case "off" -> Affinity.OFF;
      default -> new Affinity(Affinity.Mode.COLUMN, text);
    };
  }

  /** A table, or a query in its place, which has no name but the one it is given. */
  private static SourceName rows(Section section) {
    if (!section.has("query")) {
      return section.parsed("source", UNKNOWN, SourceName::parse);
    }
    section.refuse("source", "stands beside a query: rows come from the one or the other");
    return SourceName.ofQuery(section.text("name"), section.parsed("query", "", SqlText::query));
  }

  private static List<Computed> computed(Section sql) {
    return sql.names().stream()
        .map(field -> Computed.of(field, sql.parsed(field, "", SqlText::expression)))
        .toList();
  }

  /**
   * Reads what feeds the fields: columns, then constants, then composites, then multi-selects, then
   * what the database computes, then expressions, each in file order.
   */
  private List<FieldMapping> fields(Section section, Section sql) {
    Map<String, FieldMapping> fields = new LinkedHashMap<>();
    Section columns = section.free("columns");
    for (String column : columns.names()) {
      for (String field : columns.textOrTexts(column)) {
        add(fields, columns, column, field, new Column(column));
      }
    }
    Section constants = section.free("constants");
    for (String field : constants.names()) {
      add(fields, constants, field, field, new Constant(constants.anyText(field)));
    }
    Section composites = section.free("composites");
    for (String field : composites.names()) {
      add(fields, composites, field, field, composite(composites.section(field)));
    }
    Section multi = section.free("multiSelects");
    for (String field : multi.names()) {
      add(fields, multi, field, field, new MultiSelect(multi.texts(field)));
    }
    for (String field : sql.names()) {
      add(fields, sql, field, field, new Column(Computed.nameOf(field)));
    }
    Section expressions = section.free("expressions");
    for (String field : expressions.names()) {
      add(fields, expressions, field, field, maps.expression(expressions, field));
    }
    if (fields.isEmpty()) {
      section.fault("columns", "no column feeds a field: name at least the one of the external id");
    }
    return new ArrayList<>(fields.values());
  }

  private static Feed composite(Section section) {
    List<String> columns = section.texts("columns");
    if (columns.size() < 2) {
      section.fault("columns", "must list two columns or more; one column belongs into columns");
    }
    return new Composite(columns, section.text("separator", "|"));
  }

  private static void add(
      Map<String, FieldMapping> fields, Section section, String key, String field, Feed feed) {
    if (!FIELD.matcher(field).matches()) {
      section.fault(
          key,
          "\"" + field + "\" is not a field: Field__c, Parent__r.Field__c or Type:Parent.Field__c");
    } else if (fields.putIfAbsent(field.toLowerCase(Locale.ROOT), new FieldMapping(field, feed))
        != null) {
      section.fault(key, "feeds the field " + field + ", which is fed already");
    }
  }

  private static void checkKey(Section section, String externalId, List<FieldMapping> fields) {
    if (externalId.isEmpty() || fields.isEmpty()) {
      return;
    }
    List<String> names = fields.stream().map(FieldMapping::field).toList();
    int index = names.indexOf(externalId);
    if (index < 0) {
      section.fault(
          "externalId",
          "the field " + externalId + " is fed by nothing" + Nearest.hint(externalId, names));
    } else if (fields.get(index).feed() instanceof Constant) {
      section.fault("externalId", "a constant gives every row the same key; use a column");
    }
  }

  private static String object(String text) {
    if (!OBJECT.matcher(text).matches()) {
      throw new IllegalArgumentException("is not the API name of an object, as Account or Sale__c");
    }
    return text;
  }

  private static String field(String text) {
    if (!OBJECT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is not the API name of a field of the object itself, as External_ID__c");
    }
    return text;
  }

  private static ErrorLimit errorLimit(String text) {
    if (text.equals("never")) {
      return ErrorLimit.NEVER;
    }
    String wrong = "is not a number of rows, a percentage as 5%, or never";
    try {
      var percent = PERCENT.matcher(text);
      ErrorLimit limit =
          percent.matches()
              ? new ErrorLimit(Long.MAX_VALUE, Double.parseDouble(percent.group(1)))
              : new ErrorLimit(Long.parseLong(text), 100);
      if (limit.rows() < 1 || limit.percent() <= 0 || limit.percent() > 100) {
        throw new IllegalArgumentException("is not at least 1 row, or above 0% and at most 100%");
      }
      return limit;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong, e);
    }
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is not a time zone, as Europe/Vienna or +01:00", e);
    }
  }
}
