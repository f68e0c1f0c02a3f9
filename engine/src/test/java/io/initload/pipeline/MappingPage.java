package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.read.ConfigFile;
import io.initload.source.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of docs/mapping.md, by their headings. */
final class MappingPage {
  private static final String HEAD =
      """
      name: people
      source: {url: "jdbc:h2:mem:unopened", zone: Europe/Vienna}
      target:
        loginUrl: https://acme.my.salesforce.com
        instance: acme.my.salesforce.com
        auth: {flow: client-credentials, clientId: "${SF_CLIENT_ID}", clientSecret: "${SF_CLIENT_SECRET}"}
      """;

  private MappingPage() {}

  /** The first block in YAML below a heading. */
  static String example(String heading) throws IOException {
    Matcher block =
        Pattern.compile("\\n##+ " + heading + "\\n.*?```yaml\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/mapping.md")));
    assertThat(block.find()).as(heading).isTrue();
    return block.group(1);
  }

  /** The tables of an example that lists tables, as a test of one phase loads them. */
  static TableConfig[] tables(Path directory, String example) throws IOException {
    Path file = directory.resolve("example.yaml");
    Files.writeString(file, HEAD + "tables:\n" + example);
    MigrationConfig config =
        ConfigFile.read(file, Map.of("SF_CLIENT_ID", "c", "SF_CLIENT_SECRET", "s"), Dialects.ALL);
    List<TableConfig> tables = config.tables();
    return tables.stream()
        .map(
            table ->
                TableConfigs.like(table)
                    .phase("only")
                    .stopAfterErrors(TableConfig.ErrorLimit.NEVER)
                    .build())
        .toArray(TableConfig[]::new);
  }
}
