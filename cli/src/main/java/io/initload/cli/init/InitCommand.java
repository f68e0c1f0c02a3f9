package io.initload.cli.init;

import io.initload.Failure;
import io.initload.cli.command.MigrationCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.config.read.ConfigFile;
import io.initload.draft.Confidence;
import io.initload.draft.Draft;
import io.initload.draft.DraftYaml;
import io.initload.draft.DraftedTable;
import io.initload.draft.SourceTable;
import io.initload.draft.metadata.MetadataSource;
import io.initload.mapping.Finding;
import io.initload.pipeline.Examination;
import io.initload.retry.Sleeper;
import io.initload.salesforce.Org;
import io.initload.source.Dialects;
import io.initload.source.SourceDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "init",
    description = {
      "Drafts a configuration from the source's dictionary and the org's describes; reads only.",
      "The file that is given has name, source and target, and no tables yet. On a terminal it asks"
          + " for schema, tables and objects; what is given by options is not asked for.",
      "Each match stands in the new file with its reason and how sure it is.",
      "Example: initload init -c logins.yaml -o migration.yaml --schema SALES"
    })
public final class InitCommand extends MigrationCommand {
  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Where the configuration goes; a file that is there is never overwritten.")
  private Path output = Path.of("migration.yaml");

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description = "A schema of the source; may be repeated. Default: the user's own.")
  private List<String> schemas = List.of();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "Only this table, or view; may be repeated. Default: all tables of the schemas.")
  private List<String> tables = List.of();

  @Option(
      names = "--object",
      paramLabel = "TABLE=OBJECT",
      description = "The object for a table, where you know it; may be repeated.")
  private Map<String, String> objects = new LinkedHashMap<>();

  @Option(
      names = "--deploy",
      paramLabel = "DIR",
      description = {
        "Have external ids made where objects lack one, and write what an administrator deploys for"
            + " that, with a permission set and a checklist, into this new directory.",
        "The draft validates when that is deployed."
      })
  private @Nullable Path deploy;

  @Option(
      names = "--ask",
      negatable = true,
      paramLabel = "BOOLEAN",
      description = "Ask, or do not ask. Default: where there is a terminal.")
  private @Nullable Boolean ask;

  private String given = "";

  public InitCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected MigrationConfig read(List<Path> files) {
    Path file = files.get(0);
    MigrationConfig config = ConfigFile.readSides(file, System.getenv(), Dialects.ALL);
    given = NewFile.text(file);
    return config;
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    NewFile file = NewFile.at(output);
    Optional<NewDirectory> metadata = Optional.ofNullable(deploy).map(NewDirectory::at);
    Questions questions = asks() ? Questions.of(console) : Questions.none(console);
    try (SourceDatabase source = SourceDatabase.open(config.source());
        Org org =
            Org.connect(config.target(), Clock.systemUTC(), Sleeper.system(), new SecureRandom())) {
      SourceSide side = new SourceSide(source, questions);
      List<SourceTable> found = side.tables(schemas, tables);
      OrgSide described = new OrgSide(org);
      Drafted drafted =
          new Drafted(found, described, questions, metadata.isPresent(), side.chosen(objects));
      Draft draft = drafted.draft();
      requireSome(draft);
      file.write(given, DraftYaml.of(draft));
      String api = org.apiVersion();
      metadata.ifPresent(m -> m.write(MetadataSource.of(draft, described.known(), api)));
      tell(draft, console);
      Path directory = deploy;
      return directory != null && draft.loaded().stream().anyMatch(DraftedTable::keyMade)
          ? afterDeployment(draft, directory, console)
          : validated(source, org, draft, console);
    }
  }

  /** Some Java releases say that there is a console where there is none: then nobody answers. */
  @SuppressWarnings("SystemConsoleNull")
  private boolean asks() {
    return ask == null ? !json() && System.console() != null : ask;
  }

  private static void requireSome(Draft draft) {
    if (draft.loaded().isEmpty()) {
      StringBuilder why = new StringBuilder();
      for (DraftedTable table : draft.leftOut()) {
        why.append(System.lineSeparator()).append(table.source()).append(": ");
        why.append(table.obstacle());
      }
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "INIT_NOTHING",
          "No table can be loaded as it stands:" + why,
          "Name the objects by --object TABLE=OBJECT, other tables by --schema or --table, or have"
              + " external ids made by --deploy.");
    }
  }

  private void tell(Draft draft, Console console) {
    for (DraftedTable table : draft.loaded()) {
      console.line(
          "%s -> %s (%s); %d fields",
          table.source(), table.object(), table.match(), table.fields().size() + 1);
    }
    for (DraftedTable table : draft.leftOut()) {
      console.line("not loadable: %s: %s", table.source(), table.obstacle());
    }
    console.line(
        "%d of %d tables in %s: %d fields certain, %d likely, %d possible.",
        draft.loaded().size(),
        draft.tables().size(),
        output.toAbsolutePath(),
        draft.fields(Confidence.CERTAIN),
        draft.fields(Confidence.LIKELY),
        draft.fields(Confidence.POSSIBLE));
  }

  private int afterDeployment(Draft draft, Path directory, Console console) {
    console.line("Look at each match, and deploy %s.", directory);
    document(draft, List.of(), console);
    console.next("validate -c " + word(output.toString()));
    return ExitCode.DONE.code();
  }

  private void document(Draft draft, List<Finding> errors, Console console) {
    console.document(
        Map.of(
            "file",
            output.toAbsolutePath().toString(),
            "tables",
            DraftJson.of(draft),
            "errors",
            errors));
  }

  /** What was written is read again, and held against both sides. */
  private int validated(SourceDatabase source, Org org, Draft draft, Console console)
      throws InterruptedException {
    MigrationConfig config = ConfigFile.read(output, System.getenv(), Dialects.ALL);
    List<Finding> errors =
        Examination.findings(Examination.needed(config, source, org)).stream()
            .filter(f -> f.severity() == Finding.Severity.ERROR)
            .toList();
    errors.forEach(console::finding);
    console.line("Look at each match.");
    document(draft, errors, console);
    console.next("validate -c " + word(output.toString()));
    return (errors.isEmpty() ? ExitCode.DONE : ExitCode.USAGE).code();
  }
}
