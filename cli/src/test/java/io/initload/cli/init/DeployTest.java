package io.initload.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.cli.OracleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code init --deploy} has made in the org is what the draft needs, and no more. */
@Tag("system")
class DeployTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY = "Source_Key__c";

  @TempDir Path directory;

  @Test
  void anExternalIdThatIsMissingIsMadeAndTheDraftValidatesWhenItIsThere() throws IOException {
    PublishedSchema schema = PublishedSchema.northwind();
    OracleFile source = new OracleFile(directory.resolve("source")).run(schema.statements());
    Path describes = schema.describe(directory.resolve("describes"));
    Path shipper = describes.resolve("Shipper__c.json");
    ObjectNode object = (ObjectNode) JSON.readTree(shipper.toFile());
    ArrayNode fields = (ArrayNode) object.path("fields");
    fields.remove(fields.size() - 1);
    JSON.writeValue(shipper.toFile(), object);
    Path metadata = directory.resolve("metadata");
    try (InitSite site = new InitSite(directory, source.url(), "SA", describes)) {
      site.init("--table", "Shippers", "--deploy", metadata.toString()).exits(0);
      assertThat(site.run("validate").exits(1).out()).contains("External_ID__c");
    }
    Path main = metadata.resolve("force-app").resolve("main").resolve("default");
    assertThat(main.resolve("objects/Shipper__c/fields/External_ID__c.field-meta.xml"))
        .content()
        .contains("<externalId>true</externalId>", "<unique>true</unique>", "<type>Text</type>");
    assertThat(main.resolve("permissionsets/Initload.permissionset-meta.xml"))
        .content()
        .contains("<object>Shipper__c</object>", "<field>Shipper__c.External_ID__c</field>")
        .doesNotContain(KEY, "Shipper__c.Name");
    assertThat(metadata.resolve("CHECKLIST.md")).content().contains("never deployed to an org");
    fields.addObject().put("name", "External_ID__c").put("type", "string").put("length", 255);
    ((ObjectNode) fields.get(fields.size() - 1)).put("externalId", true).put("unique", true);
    ((ObjectNode) fields.get(fields.size() - 1)).put("idLookup", true);
    JSON.writeValue(shipper.toFile(), object);
    String drafted = Files.readString(directory.resolve("migration.yaml"));
    try (InitSite site = new InitSite(directory, source.url(), "SA", describes)) {
      String tables = drafted.substring(drafted.indexOf("# Drafted"));
      Files.writeString(site.config(), Files.readString(site.logins()) + tables);
      site.run("validate").exits(0);
      site.run("run").exits(0);
    }
  }

  @Test
  void aDirectoryThatIsThereIsLeftAsItIs() throws IOException {
    PublishedSchema schema = PublishedSchema.northwind();
    try (InitSite site = InitSite.of(schema, directory)) {
      Path there = Files.createDirectory(directory.resolve("there"));
      assertThat(site.init("--deploy", there.toString()).exits(1).err())
          .contains("error INIT_EXISTS", "--deploy");
      assertThat(List.of(site.config().toFile().exists())).containsExactly(false);
    }
  }
}
