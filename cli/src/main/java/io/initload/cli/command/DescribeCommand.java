package io.initload.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Failure;
import io.initload.FileName;
import io.initload.PrivateFile;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.FileTrouble;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.FieldMapping;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.mapping.org.FieldPath;
import io.initload.retry.Sleeper;
import io.initload.salesforce.Org;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "describe",
    description = {
      "Fetches how the org describes its objects; reads the org only.",
      "One JSON file each, so that a migration can be rehearsed against a simulated org with the"
          + " same fields.",
      "Example: initload describe -c migration.yaml -o describes",
      "         initload simulator --describe describes"
    })
public final class DescribeCommand extends MigrationCommand {
  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Where the files go; made if it is not there.")
  private Path output = Path.of("describes");

  @Option(
      names = "--object",
      paramLabel = "NAME",
      description =
          "Fetch this object only; may be repeated. Default: the objects of the configuration and"
              + " the parents that their mapped lookups lead to.")
  private List<String> objects = List.of();

  public DescribeCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Map<String, JsonNode> documents = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    try (Org org =
        Org.connect(config.target(), Clock.systemUTC(), Sleeper.system(), new SecureRandom())) {
      for (String object : objects) {
        fetch(org, object, documents);
      }
      for (TableConfig table : objects.isEmpty() ? config.tables() : List.<TableConfig>of()) {
        JsonNode own = fetch(org, table.object(), documents);
        for (String parent : parents(table, own)) {
          fetch(org, parent, documents);
        }
      }
    }
    write(documents);
    console.line("%d objects described in %s", documents.size(), output.toAbsolutePath());
    console.document(
        Map.of("directory", output.toAbsolutePath().toString(), "objects", documents.keySet()));
    console.next("simulator --describe " + word(output.toString()));
    return ExitCode.DONE.code();
  }

  private static JsonNode fetch(Org org, String object, Map<String, JsonNode> known)
      throws InterruptedException {
    JsonNode document = known.get(object);
    if (document == null) {
      document = org.describeDocument(object);
      known.put(object, document);
    }
    return document;
  }

  /** The objects that lookups with a column lead to; of a polymorphic one, the named one. */
  private static Set<String> parents(TableConfig table, JsonNode document) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (FieldMapping mapping : table.fields()) {
      FieldPath path = FieldPath.parse(mapping.field());
      if (!path.type().isEmpty()) {
        names.add(path.type());
        continue;
      }
      String lookup = path.isParent() ? path.relationship() : path.field();
      for (JsonNode field : document.path("fields")) {
        if (lookup.equalsIgnoreCase(field.path("name").asText())
            || lookup.equalsIgnoreCase(field.path("relationshipName").asText())) {
          field.path("referenceTo").forEach(parent -> names.add(parent.asText()));
        }
      }
    }
    return names;
  }

  private void write(Map<String, JsonNode> documents) {
    try {
      PrivateFile.directory(output);
      for (Map.Entry<String, JsonNode> each : documents.entrySet()) {
        PrivateFile.write(
            output.resolve(FileName.of(each.getKey()) + ".json"),
            each.getValue().toPrettyString() + "\n");
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "DESCRIBE_FILES",
          "The describe documents cannot be written to %s: %s."
              .formatted(output.toAbsolutePath(), FileTrouble.words(e)),
          "Name a directory that may be written by --output.",
          e);
    }
  }
}
