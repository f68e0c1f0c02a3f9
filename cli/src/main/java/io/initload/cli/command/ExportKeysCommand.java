package io.initload.cli.command;

import io.initload.FileName;
import io.initload.PrivateFile;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.FileTrouble;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.library.OpenMigration;
import io.initload.pipeline.KeyExport;
import io.initload.pipeline.KeyExport.Written;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prepare.Prepared;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export-keys",
    description = {
      "Writes which record each loaded row is, external id and record id, as CSV, a file for each"
          + " table; exit code 6 when a table has not as many records as loaded rows.",
      "Example: initload export-keys -c migration.yaml -o keys"
    })
public final class ExportKeysCommand extends TriedCommand {
  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Where the files go; made when it is not there. Files in it are replaced.")
  private @Nullable Path output;

  @Mixin private ChosenTables chosen = new ChosenTables();

  public ExportKeysCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Path directory = Objects.requireNonNull(output);
    List<Written> all = new ArrayList<>();
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      Phases phases =
          Preparation.of(
                  config, migration.bench().source(), migration.bench().org(), chosen.names(config))
              .require();
      KeyExport export = new KeyExport(migration.bench());
      PrivateFile.directory(directory);
      for (Prepared table : export.tables(phases)) {
        Path file = directory.resolve(FileName.of(table.table()) + ".csv");
        all.add(write(export, phases, table, file));
        say(all.get(all.size() - 1), file, console);
      }
    } catch (InterruptedIOException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw FileTrouble.unwritten("EXPORT_FILE", "The keys", directory, e);
    }
    console.document(Map.of("tables", all));
    next(console, "reconcile", chosen.toString());
    return all.stream().allMatch(Written::complete)
        ? ExitCode.DONE.code()
        : ExitCode.MISMATCH.code();
  }

  private static Written write(KeyExport export, Phases phases, Prepared table, Path file)
      throws IOException {
    List<Written> written = new ArrayList<>();
    PrivateFile.write(
        file,
        out -> {
          try {
            written.add(export.write(phases, table, out));
          } catch (InterruptedException e) {
            InterruptedIOException stopped = new InterruptedIOException("it was interrupted");
            stopped.initCause(e);
            throw stopped;
          }
        });
    return written.get(0);
  }

  private static void say(Written written, Path file, Console console) {
    console.line(
        "%s: %,d records of %s, %,d rows are booked as loaded%s",
        file,
        written.records(),
        written.object(),
        written.loaded(),
        written.complete() ? "" : ": THEY DIFFER");
    console.line("  what they are: %s", written.limit());
  }

  private static InterruptedException interrupted(InterruptedIOException e) {
    InterruptedException stopped = new InterruptedException(e.getMessage());
    stopped.initCause(e);
    return stopped;
  }
}
