package io.initload.cli.deadletters;

import io.initload.FileName;
import io.initload.PrivateFile;
import io.initload.cli.command.TriedCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.FileTrouble;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.ledger.DeadLetterBook;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Pass;
import io.initload.pipeline.DeadLetterFile;
import io.initload.pipeline.SheetForm;
import io.initload.pipeline.work.NotBegun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = {
      "Writes them as CSV, a file for each table: the row's fields, its code, message, chunk and"
          + " job.",
      "Correct the fields and load the file with: initload dead-letters replay --from FILE",
      "Example: initload dead-letters export -c migration.yaml -o dead-letters"
    })
public final class DeadLettersExportCommand extends TriedCommand {
  @Mixin private DeadLetterOptions options = new DeadLetterOptions();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Where the files go; made when it is not there. Files in it are replaced.")
  private @Nullable Path output;

  @Option(
      names = "--safe-for-spreadsheets",
      description =
          "Put an apostrophe before cells that begin with =, +, -, @ or an apostrophe; replay takes"
              + " it away again.")
  private boolean safe;

  public DeadLettersExportCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination) {
    Path directory = Objects.requireNonNull(output);
    SheetForm form = safe ? SheetForm.SPREADSHEET : SheetForm.PLAIN;
    Map<String, Object> files = new LinkedHashMap<>();
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      NotBegun.require(ledger, config.name());
      var filter = options.filter(config);
      Set<String> wanted =
          ledger.deadLetters().groups(filter).stream()
              .map(DeadLetterBook.Group::table)
              .collect(Collectors.toSet());
      PrivateFile.directory(directory);
      for (Pass table : ledger.tables().passes()) {
        if (wanted.contains(table.name())) {
          Path file = directory.resolve(FileName.of(table.name()) + ".csv");
          long[] rows = {0};
          PrivateFile.write(
              file,
              out -> rows[0] = DeadLetterFile.write(ledger, table, filter.codes(), form, out));
          files.put(file.toString(), rows[0]);
          console.line("%s: %,d rows", file, rows[0]);
        }
      }
    } catch (IOException e) {
      throw FileTrouble.unwritten("DEAD_LETTER_EXPORT", "The dead letters", directory, e);
    }
    if (files.isEmpty()) {
      console.line("No row needs a person.");
    }
    console.document(Map.of("files", files));
    if (files.isEmpty()) {
      next(console, "reconcile", "");
    } else {
      next(
          console,
          "dead-letters replay",
          files.keySet().stream().map(f -> " --from " + word(f)).collect(Collectors.joining()));
    }
    return ExitCode.DONE.code();
  }
}
