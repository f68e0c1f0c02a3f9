package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.read.ConfigFile;
import io.initload.source.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README and guide tell people to type works, in the order in which it stands there. */
@Tag("system")
class ReadmeTest {
  private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void everyCommandOfTheReadmeRuns() throws IOException {
    List<String> commands = commands("README.md");
    assertThat(commands).hasSizeGreaterThan(8).contains("make demo", "make test");
    run(commands);
  }

  @Test
  void everyCommandOfTheGuideRuns() throws IOException {
    List<String> commands = commands("docs/guide.md");
    assertThat(commands).hasSizeGreaterThan(8);
    run(commands);
  }

  @Test
  void everyCommandOfTheCertificatesPageRuns() throws IOException {
    List<String> commands = new ArrayList<>(List.of("initload run -c migration.yaml"));
    commands("docs/certificate.md").stream()
        .filter(command -> command.startsWith("initload ")) // SignedCertificateTest runs the others
        .forEach(commands::add);
    assertThat(commands).hasSizeGreaterThan(4);
    run(commands);
  }

  private static List<String> commands(String document) throws IOException {
    return SHELL
        .matcher(text(document))
        .results()
        .flatMap(r -> r.group(1).lines())
        .map(String::strip)
        .filter(c -> !c.isEmpty())
        .toList();
  }

  private void run(List<String> commands) throws IOException {
    String makefile = Files.readString(Path.of("../Makefile"));
    try (Site site = Site.open(directory)) {
      for (String command : commands) {
        if (command.startsWith("make ")) {
          assertThat(makefile).contains("\n" + command.substring("make ".length()) + ":");
        } else {
          assertThat(command).startsWith("initload ");
          Shell.run(words(site, command)).exits(0);
        }
      }
    }
  }

  @Test
  void theConfigurationIsOne() throws IOException {
    String yaml = YAML.matcher(text("README.md")).results().findFirst().orElseThrow().group(1);
    Path file = Files.writeString(directory.resolve("migration.yaml"), yaml.stripIndent());
    assertThat(
            ConfigFile.read(file, Map.of("ORACLE_PASSWORD", "x", "SF_CLIENT_ID", "y"), Dialects.ALL)
                .tables())
        .hasSize(1);
  }

  private String[] words(Site site, String command) {
    return command
        .substring("initload ".length())
        .replace("migration.yaml", site.config().toString())
        .replace("logins.yaml", logins(site).toString())
        .replace("second.yaml", second(site).toString())
        .replace("drafted.yaml", directory.resolve("drafted.yaml").toString())
        .replace("by-schema.yaml", directory.resolve("by-schema.yaml").toString())
        .replace("undone.html", directory.resolve("undone.html").toString())
        .replace("undone.json", directory.resolve("undone.json").toString())
        .replace("bundle.zip", directory.resolve("bundle.zip").toString())
        .replace("report.html", directory.resolve("report.html").toString())
        .replace("data.html", directory.resolve("data.html").toString())
        .replace("doctor.html", directory.resolve("doctor.html").toString())
        .replace("certificate.json", directory.resolve("certificate.json").toString())
        .replace("-o keys", "-o " + directory.resolve("keys"))
        .replace("-o describes", "-o " + directory.resolve("describes"))
        .replace("-o dead-letters", "-o " + directory.resolve("dead-letters"))
        .split(" ", -1);
  }

  /** A second wave, with a table of its own. */
  private Path second(Site site) {
    try {
      String table =
          """
          wave: 2
          tables:
            - name: PRODUCTS
              source: COUNTRIES
              object: Product2
              externalId: External_ID__c
              columns: {COUNTRY_ID: External_ID__c, COUNTRY_NAME: Name}
          """;
      return Files.writeString(directory.resolve("second.yaml"), sides(site) + table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sides(Site site) throws IOException {
    return Files.readString(site.config()).replaceFirst("(?s)\\nphases:.*", "\n");
  }

  /** The sides of the migration, without its tables. */
  private Path logins(Site site) {
    try {
      return Files.writeString(directory.resolve("logins.yaml"), sides(site));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String document) throws IOException {
    return Files.readString(Path.of("..", document));
  }
}
