package io.initload.mapping.compile;

import static io.initload.mapping.Describes.field;
import static io.initload.mapping.Describes.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Failure;
import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Column;
import io.initload.config.FieldMapping.Composite;
import io.initload.config.FieldMapping.Constant;
import io.initload.config.FieldMapping.Feed;
import io.initload.config.Hierarchy;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.Nulls;
import io.initload.config.TableConfigs;
import io.initload.config.ValuePolicy;
import io.initload.config.ValuePolicy.Bytes;
import io.initload.config.ValuePolicy.Controls;
import io.initload.config.ValuePolicy.Dates;
import io.initload.config.ValuePolicy.NullText;
import io.initload.config.ValuePolicy.Padding;
import io.initload.config.ValuePolicy.TooLong;
import io.initload.mapping.Cases;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Compiled;
import io.initload.mapping.Describes;
import io.initload.mapping.FieldRule;
import io.initload.mapping.Finding;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.mapping.RowMapping;
import io.initload.mapping.RowMapping.Piece;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.RecordTypeInfo;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MappingCompilerTest {
  private static final List<SourceColumn> EMPLOYEES =
      List.of(
          column("ID", SourceColumn.Type.NUMBER, "NUMBER(6)", 0, 6, false),
          column("CODE", SourceColumn.Type.TEXT, "VARCHAR2(20)", 20, 0, true),
          column("NAME", SourceColumn.Type.TEXT, "VARCHAR2(25)", 25, 0, false),
          column("BORN", SourceColumn.Type.DATETIME, "DATE", 0, 0, true),
          column("CTRY", SourceColumn.Type.TEXT, "CHAR(2)", 2, 0, true),
          column("PHOTO", SourceColumn.Type.BINARY, "BLOB", 0, 0, true));

  private static final TargetObject EMPLOYEE =
      object(
              "Employee__c",
              field("Id", "id")
                  .length(18)
                  .writable(false, false)
                  .required()
                  .defaulted()
                  .idLookup()
                  .build(),
              field("Name", "string").length(80).required().build(),
              field("Key__c", "string").length(80).externalId().unique().caseSensitive().build(),
              field("Number__c", "double").number(18, 2).externalId().unique().build(),
              field("Loose__c", "string").length(80).externalId().build(),
              field("Code__c", "string").length(20).build(),
              field("Active__c", "boolean").required().defaulted().build(),
              field("Born__c", "date").build(),
              field("Seen__c", "datetime").build(),
              field("Kind__c", "picklist").length(255).picklist("New", "Old").build(),
              field("Age__c", "double").number(18, 0).writable(false, false).build(),
              field("Address__c", "address").writable(false, false).build(),
              field("OwnerId", "reference")
                  .required()
                  .defaulted()
                  .references("Owner", "Group", "User")
                  .build(),
              field("Country__c", "reference").references("Country__r", "Country__c").build(),
              field("Employer__c", "reference")
                  .writable(true, false)
                  .references("Employer__r", "Employer__c")
                  .build(),
              field("Secret__c", "reference").references("Secret__r", "Secret__c").build(),
              field("Manager__c", "reference").references("Manager__r", "Employee__c").build(),
              field("Skills__c", "multipicklist").length(4099).picklist("Sing", "Dance").build(),
              field("RecordTypeId", "reference").references("RecordType", "RecordType").build(),
              field("CreatedDate", "datetime").writable(false, false).build(),
              field("LastModifiedDate", "datetime").writable(true, false).build())
          .with(
              List.of(
                  new RecordTypeInfo("012A", "Staff", true, true, true, false, false),
                  new RecordTypeInfo("012B", "Secret", true, false, false, false, false),
                  new RecordTypeInfo("012C", "Old", false, true, false, false, false)));

  private static final Map<String, TargetObject> PARENTS =
      Map.of(
          "Country__c",
          object(
              "Country__c",
              field("Name", "string").length(80).build(),
              field("ISO__c", "string").length(2).externalId().unique().build(),
              field("Number__c", "double").number(18, 0).externalId().unique().build(),
              field("Code__c", "string").length(20).externalId().build()),
          "RecordType",
          object("RecordType", field("DeveloperName", "string").length(80).build()),
          "Employer__c",
          object("Employer__c", field("Key__c", "string").length(80).externalId().unique().build()),
          "User",
          object("User", field("Email", "email").length(80).idLookup().build()));

  @TestFactory
  List<DynamicTest> mappingsAreCheckedAgainstBothSides() {
    return Cases.of(
        "mappings.yaml",
        entry -> {
          Compiled compiled = compile(table(entry), EMPLOYEES, EMPLOYEE);
          assertThat(compiled.findings().stream().map(MappingCompilerTest::shown))
              .containsExactlyElementsOf(texts(entry.path("findings")));
          assertThat(compiled.findings()).allMatch(f -> f.remedy().endsWith("."));
          if (entry.has("header")) {
            assertThat(compiled.mapping().header())
                .containsExactlyElementsOf(texts(entry.get("header")));
          }
          if (entry.has("reads")) {
            assertThat(
                    compiled.mapping().reads().stream().map(r -> r.column() + " " + r.rendering()))
                .containsExactlyElementsOf(texts(entry.get("reads")));
          }
          if (entry.has("keyForm")) {
            assertThat(compiled.keyForm()).hasToString(entry.get("keyForm").asText());
          }
        });
  }

  @TestFactory
  List<DynamicTest> typesDecideTheRendering() {
    return Cases.of(
        "types.yaml",
        entry -> {
          JsonNode c = entry.get("column");
          SourceColumn column =
              new SourceColumn(
                  "C",
                  SourceColumn.Type.valueOf(c.get(0).asText()),
                  c.get(1).asText(),
                  c.get(2).asInt(),
                  c.get(3).asInt(),
                  c.get(4).asInt(),
                  true);
          Describes.Field field = field("F__c", entry.get("field").get(0).asText());
          int first = entry.get("field").path(1).asInt();
          field =
              field.length(first).digits(first).number(first, entry.get("field").path(2).asInt());
          if (entry.has("key")) {
            field = field.externalId();
          }
          if (entry.has("picklist")) {
            field = field.picklist(texts(entry.get("picklist")).toArray(String[]::new));
          }
          Findings findings = new Findings();
          assertThat(new TypeRules(findings).choose(column, field.build(), policy(entry)))
              .hasToString(entry.get("rendering").asText());
          assertThat(
                  findings.all().stream()
                      .map(f -> f.severity() + " " + f.code() + ": " + f.message()))
              .containsExactlyElementsOf(texts(entry.path("findings")));
        });
  }

  @Test
  void theProductSaysHowToReadAndWriteARow() {
    Compiled compiled =
        compile(
            table(
                "Key__c",
                Nulls.CLEAR,
                List.of(
                    new FieldMapping("Name", new Column("NAME")),
                    new FieldMapping("Key__c", new Composite(List.of("ID", "CODE"), "|")),
                    new FieldMapping("Born__c", new Column("BORN")),
                    new FieldMapping("Kind__c", new Constant("Old")))),
            EMPLOYEES,
            EMPLOYEE);

    assertThat(compiled.orThrow().mapping())
        .isEqualTo(
            new RowMapping(
                List.of("Name", "Key__c", "Born__c", "Kind__c"),
                1,
                List.of(
                    new ColumnRead("NAME", Rendering.TEXT),
                    new ColumnRead("ID", Rendering.TEXT),
                    new ColumnRead("CODE", Rendering.TEXT),
                    new ColumnRead("BORN", Rendering.DATE)),
                List.of(
                    List.of(new Piece.Read(0)),
                    List.of(new Piece.Read(1), new Piece.Text("|"), new Piece.Read(2)),
                    List.of(new Piece.Read(3)),
                    List.of(new Piece.Text("Old"))),
                List.of(
                    new FieldRule(
                        80, Controls.DROP, TooLong.SEND, Dates.SEND, NullText.EMPTY, "#N/A"),
                    new FieldRule(0, Controls.DROP, TooLong.SEND, Dates.SEND, NullText.EMPTY, ""),
                    new FieldRule(
                        0, Controls.DROP, TooLong.SEND, Dates.SEND, NullText.EMPTY, "#N/A"),
                    FieldRule.NONE)));
    assertThat(compiled.keyForm()).isEqualTo(KeyForm.EXACT);
    assertThat(compiled.targets().stream().map(TargetField::type))
        .containsExactly("string", "string", "date", "picklist");
  }

  /** Oracle's LONG comes off the wire after all other columns of its row, and once. */
  @Test
  void aLongIsReadLastAndOnce() {
    List<SourceColumn> columns = new ArrayList<>(EMPLOYEES);
    columns.add(1, column("MEMO", SourceColumn.Type.LONG_TEXT, "LONG", 0, 0, true));
    FieldMapping key = new FieldMapping("Key__c", new Column("ID"));
    FieldMapping name = new FieldMapping("Name", new Column("NAME"));
    FieldMapping memo = new FieldMapping("Code__c", new Column("MEMO"));
    RowMapping mapping =
        compile(table("Key__c", Nulls.IGNORE, List.of(memo, key, name)), columns, EMPLOYEE)
            .orThrow()
            .mapping();
    assertThat(mapping.header()).containsExactly("Key__c", "Name", "Code__c");
    assertThat(mapping.keyField()).isZero();
    assertThat(mapping.reads())
        .extracting(ColumnRead::column)
        .containsExactly("ID", "NAME", "MEMO");

    FieldMapping again = new FieldMapping("Loose__c", new Column("MEMO"));
    FieldMapping piece = new FieldMapping("Loose__c", new Composite(List.of("ID", "MEMO"), "|"));
    FieldMapping asKey = new FieldMapping("Key__c", new Column("MEMO"));
    for (List<FieldMapping> wrong :
        List.of(List.of(key, name, memo, again), List.of(key, name, piece), List.of(asKey, name))) {
      assertThat(compile(table("Key__c", Nulls.IGNORE, wrong), columns, EMPLOYEE).errors())
          .extracting(Finding::code)
          .contains("COLUMN_READ_ONCE");
    }
  }

  @Test
  void errorsForbidToLoad() {
    List<FieldMapping> one =
        List.of(
            new FieldMapping("Key__c", new Column("ID")),
            new FieldMapping("Name", new Column("NAMES")));
    assertThatThrownBy(
            () -> compile(table("Key__c", Nulls.IGNORE, one), EMPLOYEES, EMPLOYEE).orThrow())
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("COLUMN_UNKNOWN");
              assertThat(failure.kind().exitCode()).isEqualTo(1);
              assertThat(failure)
                  .hasMessage(
                      "EMPLOYEES.NAMES -> Employee__c.Name: EMPLOYEES has no column NAMES;"
                          + " did you mean NAME?");
            });

    List<FieldMapping> two = List.of(new FieldMapping("Key__c", new Column("IDX")));
    assertThatThrownBy(
            () -> compile(table("Key__c", Nulls.IGNORE, two), EMPLOYEES, EMPLOYEE).orThrow())
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("MAPPING"))
        .hasMessageContaining("IDX")
        .hasMessageContaining("Employee__c.Name");
  }

  @Test
  void anObjectThatMayNotBeWrittenIsRefused() {
    TargetObject readOnly = new TargetObject("Employee__c", false, true, EMPLOYEE.fields());
    Compiled compiled =
        compile(
            table(
                "Key__c",
                Nulls.IGNORE,
                List.of(
                    new FieldMapping("Key__c", new Column("ID")),
                    new FieldMapping("Name", new Column("NAME")))),
            EMPLOYEES,
            readOnly);
    assertThat(compiled.errors()).extracting(Finding::code).containsExactly("OBJECT_NOT_WRITABLE");
  }

  private static String shown(Finding f) {
    return f.severity() + " " + f.code() + " " + f.where() + ": " + f.message();
  }

  private static Compiled compile(
      TableConfig table, List<SourceColumn> columns, TargetObject object) {
    return MappingCompiler.compile(
        table, columns, object, name -> Optional.ofNullable(PARENTS.get(name)));
  }

  private static TableConfig table(JsonNode entry) {
    List<FieldMapping> fields = new ArrayList<>();
    if (!entry.has("only")) {
      fields.add(new FieldMapping("Key__c", new Column("ID")));
      fields.add(new FieldMapping("Name", new Column("NAME")));
    }
    JsonNode more = entry.has("only") ? entry.get("only") : entry.get("fields");
    for (Map.Entry<String, JsonNode> field : more.properties()) {
      fields.add(new FieldMapping(field.getKey(), feed(field.getValue())));
    }
    TableConfig table = table(entry.path("externalId").asText("Key__c"), Nulls.IGNORE, fields);
    return entry.path("operation").asText().equals("insert")
        ? TableConfigs.like(table)
            .hierarchy(Hierarchy.DEFAULT.written(Hierarchy.Writing.INSERTED))
            .build()
        : table;
  }

  private static TableConfig table(String externalId, Nulls nulls, List<FieldMapping> fields) {
    return TableConfigs.of("EMPLOYEES")
        .object("Employee__c")
        .externalId(externalId)
        .fields(fields)
        .nulls(nulls)
        .build();
  }

  private static ValuePolicy policy(JsonNode entry) {
    ValuePolicy none = ValuePolicy.NONE;
    return new ValuePolicy(
        none.controls(),
        none.tooLong(),
        none.dates(),
        entry.path("padding").asText().equals("keep") ? Padding.KEEP : Padding.TRIM,
        entry.path("bytes").asText().equals("base64") ? Bytes.BASE64 : Bytes.HEX,
        none.zone(),
        none.nullText());
  }

  private static Feed feed(JsonNode value) {
    if (value.isArray()) {
      return new Composite(texts(value), "|");
    }
    String text = value.asText();
    return text.startsWith("=") ? new Constant(text.substring(1)) : new Column(text);
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static SourceColumn column(
      String name,
      SourceColumn.Type type,
      String declared,
      int length,
      int precision,
      boolean nullable) {
    return new SourceColumn(name, type, declared, length, precision, 0, nullable);
  }
}
