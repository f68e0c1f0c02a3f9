package io.initload.config;

import io.initload.config.TableConfig.ErrorLimit;
import io.initload.config.TableConfig.Nulls;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds the tables of tests: what a test does not name has the value of a plain one. */
public final class TableConfigs {
  private final String name;
  private SourceName source;
  private String object = "Account";
  private String phase = "only";
  private String externalId = "External_ID__c";
  private List<FieldMapping> fields = new ArrayList<>();
  private Chunking chunking = new Chunking(Chunking.Strategy.AUTO, 500_000, 0);
  private int concurrency = 15;
  private int retries = 5;
  private ErrorLimit stopAfterErrors = ErrorLimit.NEVER;
  private Nulls nulls = Nulls.IGNORE;
  private ZoneId sourceZone = ZoneOffset.UTC;
  private boolean zoneGiven = true;
  private Map<String, ValuePolicy> values = Map.of();
  private Hierarchy hierarchy = Hierarchy.DEFAULT;
  private List<Control> controls = List.of();

  private TableConfigs(String name, SourceName source) {
    this.name = name;
    this.source = source;
  }

  /** A table that reads the source table of its own name. */
  public static TableConfigs of(String name) {
    return new TableConfigs(name, new SourceName("", name));
  }

  /** Another table like this one. */
  public static TableConfigs like(TableConfig t) {
    return new TableConfigs(t.name(), t.source())
        .object(t.object())
        .phase(t.phase())
        .externalId(t.externalId())
        .fields(t.fields())
        .chunking(t.chunking())
        .concurrency(t.concurrency())
        .retries(t.retries())
        .stopAfterErrors(t.stopAfterErrors())
        .nulls(t.nulls())
        .sourceZone(t.sourceZone())
        .zoneGiven(t.zoneGiven())
        .values(t.values())
        .hierarchy(t.hierarchy())
        .controls(t.controls());
  }

  public TableConfigs source(SourceName other) {
    source = other;
    return this;
  }

  public TableConfigs object(String other) {
    object = other;
    return this;
  }

  public TableConfigs phase(String other) {
    phase = other;
    return this;
  }

  public TableConfigs externalId(String other) {
    externalId = other;
    return this;
  }

  public TableConfigs fields(List<FieldMapping> other) {
    fields = new ArrayList<>(other);
    return this;
  }

  /** One more field, from a column. */
  public TableConfigs field(String column, String field) {
    fields.add(new FieldMapping(field, new FieldMapping.Column(column)));
    return this;
  }

  /** A field whose text is joined from several columns. */
  public TableConfigs joined(String field, String separator, String... columns) {
    fields.add(new FieldMapping(field, new FieldMapping.Composite(List.of(columns), separator)));
    return this;
  }

  public TableConfigs chunking(Chunking other) {
    chunking = other;
    return this;
  }

  public TableConfigs chunkRows(long rows) {
    return chunking(new Chunking(Chunking.Strategy.AUTO, rows, 0));
  }

  public TableConfigs concurrency(int jobs) {
    concurrency = jobs;
    return this;
  }

  public TableConfigs retries(int rounds) {
    retries = rounds;
    return this;
  }

  public TableConfigs stopAfterErrors(ErrorLimit limit) {
    stopAfterErrors = limit;
    return this;
  }

  public TableConfigs nulls(Nulls other) {
    nulls = other;
    return this;
  }

  public TableConfigs sourceZone(ZoneId zone) {
    sourceZone = zone;
    return this;
  }

  public TableConfigs zoneGiven(boolean given) {
    zoneGiven = given;
    return this;
  }

  public TableConfigs values(Map<String, ValuePolicy> other) {
    values = other;
    return this;
  }

  public TableConfigs hierarchy(Hierarchy other) {
    hierarchy = other;
    return this;
  }

  public TableConfigs controls(List<Control> other) {
    controls = other;
    return this;
  }

  public TableConfig build() {
    return new TableConfig(
        name,
        source,
        object,
        phase,
        externalId,
        fields,
        chunking,
        concurrency,
        retries,
        stopAfterErrors,
        nulls,
        sourceZone,
        zoneGiven,
        values,
        hierarchy,
        controls);
  }
}
